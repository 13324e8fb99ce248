/// How a convolution or a pooling slides over a picture.
package struct Window: Equatable, Sendable {
    package var kernel: Extent
    package var stride: Extent
    package var dilation: Extent
    /// Rows above and columns left of the picture that count as absent (zero for a convolution).
    package var before: Extent
    /// Rows below and columns right of it.
    package var after: Extent

    package init(
        kernel: Extent, stride: Extent = Extent(1, 1), dilation: Extent = Extent(1, 1), before: Extent = Extent(0, 0),
        after: Extent = Extent(0, 0)
    ) {
        self.kernel = kernel
        self.stride = stride
        self.dilation = dilation
        self.before = before
        self.after = after
    }

    /// Rows and columns of the picture that the window spans.
    package var reach: Extent {
        Extent((kernel.height - 1) * dilation.height + 1, (kernel.width - 1) * dilation.width + 1)
    }

    /// The window that gives ⌈input / stride⌉ cells, the odd cell of padding at the end ("SAME").
    package func padded(toCover input: Extent) -> Window {
        func padding(_ size: Int, _ kernel: Int, _ stride: Int, _ dilation: Int) -> (before: Int, after: Int) {
            let cells = (size + stride - 1) / stride
            let total = max(0, (cells - 1) * stride + (kernel - 1) * dilation + 1 - size)
            return (total / 2, total - total / 2)
        }
        let rows = padding(input.height, kernel.height, stride.height, dilation.height)
        let columns = padding(input.width, kernel.width, stride.width, dilation.width)
        var result = self
        result.before = Extent(rows.before, columns.before)
        result.after = Extent(rows.after, columns.after)
        return result
    }

    /// How many places the window has on a picture; nil where it does not fit even once.
    package func outputExtent(of input: Extent) -> Extent? {
        func cells(_ size: Int, _ kernel: Int, _ stride: Int, _ dilation: Int) -> Int? {
            let room = size - ((kernel - 1) * dilation + 1)
            return room < 0 ? nil : room / stride + 1
        }
        guard
            let height = cells(
                input.height + before.height + after.height, kernel.height, stride.height, dilation.height),
            let width = cells(input.width + before.width + after.width, kernel.width, stride.width, dilation.width)
        else { return nil }
        return Extent(height, width)
    }
}
