import CRowProduct

/// Products of many short rows with one small matrix: what joints give to each other. Too small for OpenBLAS to be quick
/// at, so where the processor and the number of joints allow it, they have a kernel of their own.
package enum JointMix {
    /// `y = x · matrix`, or `y += x · matrix` when `adding`: (rows, joints) by (joints, joints).
    package static func mix(
        _ x: UnsafePointer<Float>, rows: Int, joints: Int, by matrix: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>, adding: Bool = false
    ) {
        if laban_mixes_joints(joints) {
            laban_mix_joints(x, matrix, y, rows, joints, adding)
        } else {
            MatrixProduct.multiply(
                m: rows, n: joints, k: joints, x, lda: joints, by: matrix, ldb: joints, into: y, ldc: joints,
                adding: adding)
        }
    }

    /// `matrix += xᵀ · y`, both (rows, joints).
    package static func addGradient(
        _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, rows: Int, joints: Int,
        to matrix: UnsafeMutablePointer<Float>
    ) {
        if laban_mixes_joints(joints) {
            laban_mix_joints_gradient(x, y, matrix, rows, joints)
        } else {
            MatrixProduct.multiply(
                m: joints, n: joints, k: rows, x, lda: joints, transposingA: true, by: y, ldb: joints, into: matrix,
                ldc: joints, adding: true)
        }
    }
}
