import CConvolution

/// How a value's numbers lie in its buffer.
enum ValueLayout: Equatable {
    /// Row-major, as the graph names the axes.
    case plain
    /// A picture in blocks of 16 channels (see `CConvolution.h`).
    case blocks(BlockedPicture)
}

/// The extent of a picture in blocks of channels.
struct BlockedPicture: Equatable {
    var height: Int
    var width: Int
    var channels: Int

    init(height: Int, width: Int, channels: Int) {
        self.height = height
        self.width = width
        self.channels = channels
    }

    /// One picture (1, height, width, C); any other shape is a row of cells with the last axis as channels.
    init(_ shape: [Int]) {
        channels = shape.last ?? 1
        if shape.count == 4, shape[0] == 1 {
            (height, width) = (shape[1], shape[2])
        } else {
            (height, width) = (1, shape.dropLast().reduce(1, *))
        }
    }

    var cells: Int { height * width }
    var blocks: Int { Self.blocks(channels) }
    /// Numbers from one block to the next.
    var plane: Int { cells * Self.block }
    var count: Int { blocks * plane }

    /// Channels of a block.
    static let block = Int(laban_block)

    static func blocks(_ channels: Int) -> Int { (channels + block - 1) / block }
}
