import CLibAV
import Imaging

/// Makes pictures of one size, upright, of whatever comes out of a decoder: its own planes where they can be looked at
/// as they are, and red, green and blue from all other pixel formats.
///
/// Colours follow what the picture says of its matrix and range. Where it says nothing, pictures of 720 rows and more
/// are taken for BT.709 and smaller ones for BT.601, limited range: what players do.
final class PixelConverter {
    private let path: String
    /// Size of the pictures before they are turned, in square pixels.
    let width: Int
    let height: Int
    let orientation: Orientation
    private var scaler: OpaquePointer?
    private var source: Source?
    /// Where pictures wait to be turned, or whose width does not suit the fast converters.
    private var scratch: UnsafeMutableRawBufferPointer?

    /// All that a scaler is made for.
    private struct Source: Equatable {
        var format: AVPixelFormat
        var width: Int32
        var height: Int32
        var isFullRange: Bool
        var matrix: ColorMatrix
    }

    /// Bytes between the rows of the scratch picture: the library's vector code writes whole groups of eight pixels, and
    /// leaves the last group out where the row has no room for all of it.
    private var scratchStride: Int { ((width + 7) / 8 * 24 + 63) / 64 * 64 }

    init(width: Int, height: Int, orientation: Orientation, path: String) {
        self.width = width
        self.height = height
        self.orientation = orientation
        self.path = path
    }

    /// Size of the pictures that come out.
    var shownWidth: Int { orientation.swapsAxes ? height : width }
    var shownHeight: Int { orientation.swapsAxes ? width : height }

    deinit {
        sws_freeContext(scaler)
        scratch?.deallocate()
    }

    /// Writes `frame` as width × height × 3 bytes; a picture of another size than the first is scaled to it.
    func convert(_ frame: UnsafeMutablePointer<AVFrame>, into target: UnsafeMutableBufferPointer<UInt8>)
        throws(VideoError)
    {
        precondition(target.count == width * height * 3, "three bytes a pixel")
        try prepareScaler(for: frame)
        // The library's vector code writes whole groups of pixels, sixteen or more, beyond the end of the last row.
        if orientation == .upright && width % 32 == 0 {
            try scale(frame, into: target.baseAddress!, stride: width * 3)
            return
        }
        let scratch = self.scratch ?? .allocate(byteCount: scratchStride * height + 256, alignment: 64)
        self.scratch = scratch
        let pixels = scratch.baseAddress!.assumingMemoryBound(to: UInt8.self)
        try scale(frame, into: pixels, stride: scratchStride)
        orientation.lay(pixels, width: width, height: height, stride: scratchStride, into: target)
    }

    private func scale(
        _ frame: UnsafeMutablePointer<AVFrame>, into target: UnsafeMutablePointer<UInt8>, stride: Int
    ) throws(VideoError) {
        let planes = UnsafeRawPointer(frame.pointer(to: \.data)!).assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
        let strides = UnsafeRawPointer(frame.pointer(to: \.linesize)!).assumingMemoryBound(to: Int32.self)
        var target: UnsafeMutablePointer<UInt8>? = target
        var targetStride = Int32(stride)
        let rows = sws_scale(scaler, planes, strides, 0, frame.pointee.height, &target, &targetStride)
        guard rows == Int32(height) else { throw VideoError(path, "a picture could not be converted to RGB") }
    }

    private func prepareScaler(for frame: UnsafeMutablePointer<AVFrame>) throws(VideoError) {
        let raw = AVPixelFormat(frame.pointee.format)
        let plain = Self.withoutRange[raw.rawValue].map { AVPixelFormat($0) }
        let wanted = Source(
            format: plain ?? raw, width: frame.pointee.width, height: frame.pointee.height,
            isFullRange: Self.isFullRange(frame), matrix: Self.matrix(of: frame))
        if wanted == source { return }
        sws_freeContext(scaler)
        source = nil
        scaler = sws_getContext(
            wanted.width, wanted.height, wanted.format, Int32(width), Int32(height), AV_PIX_FMT_RGB24,
            SWS_BILINEAR, nil, nil, nil)
        guard let scaler else {
            let name = av_get_pix_fmt_name(raw).map { String(cString: $0) } ?? "unknown"
            throw VideoError(path, "expected pictures that can be converted to RGB, found pixel format \(name)")
        }
        // Formats without luma and chroma refuse this, and need it not.
        _ = sws_setColorspaceDetails(
            scaler, sws_getCoefficients(Self.number(of: wanted.matrix)), wanted.isFullRange ? 1 : 0,
            sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16)
        source = wanted
    }

    /// Whether black to white is 0…255 of luma.
    static func isFullRange(_ frame: UnsafeMutablePointer<AVFrame>) -> Bool {
        // Grey that says nothing of its range is that of photographs.
        let isGrey = AVPixelFormat(frame.pointee.format) == AV_PIX_FMT_GRAY8
        return withoutRange[frame.pointee.format] != nil || frame.pointee.color_range == AVCOL_RANGE_JPEG
            || isGrey && frame.pointee.color_range == AVCOL_RANGE_UNSPECIFIED
    }

    static func matrix(of frame: UnsafeMutablePointer<AVFrame>) -> ColorMatrix {
        switch frame.pointee.colorspace {
        case AVCOL_SPC_BT709: .bt709
        case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M: .bt601
        case AVCOL_SPC_FCC: .fcc
        case AVCOL_SPC_SMPTE240M: .smpte240M
        case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: .bt2020
        default: frame.pointee.height >= 720 ? .bt709 : .bt601
        }
    }

    /// The library's number for a matrix.
    private static func number(of matrix: ColorMatrix) -> Int32 {
        switch matrix {
        case .bt601: SWS_CS_ITU601
        case .bt709: SWS_CS_ITU709
        case .bt2020: SWS_CS_BT2020
        case .fcc: SWS_CS_FCC
        case .smpte240M: SWS_CS_SMPTE240M
        }
    }

    /// Formats whose name alone says full range, and the same formats without that.
    private static let withoutRange: [Int32: Int32] = [
        AV_PIX_FMT_YUVJ420P.rawValue: AV_PIX_FMT_YUV420P.rawValue,
        AV_PIX_FMT_YUVJ422P.rawValue: AV_PIX_FMT_YUV422P.rawValue,
        AV_PIX_FMT_YUVJ444P.rawValue: AV_PIX_FMT_YUV444P.rawValue,
        AV_PIX_FMT_YUVJ440P.rawValue: AV_PIX_FMT_YUV440P.rawValue,
        AV_PIX_FMT_YUVJ411P.rawValue: AV_PIX_FMT_YUV411P.rawValue,
    ]
}
