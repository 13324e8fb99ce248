/// Numbers that never change, packed once into the layout a primitive wants.
final class OneDNNConstant {
    let memory: OneDNNMemory
    let bytes: Int
    private let storage: AlignedStorage

    /// Packs `numbers`, which lie as `source` says, into the layout `target`.
    init(
        _ numbers: [Float], _ source: OneDNNDescriptor, as target: OneDNNDescriptor, _ engine: OneDNNEngine
    ) throws(OneDNNFailure) {
        bytes = target.bytes
        storage = AlignedStorage(bytes: target.bytes)
        memory = try OneDNNMemory(target, engine, at: storage.base)
        precondition(source.bytes == numbers.count * 4, "constants fill their layout")
        let given = AlignedStorage(bytes: numbers.count * 4)
        numbers.withUnsafeBytes { given.base.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
        if source.isSame(as: target) {
            storage.base.copyMemory(from: given.base, byteCount: numbers.count * 4)
            return
        }
        let attributes = try OneDNNAttributes()
        let reorder = try OneDNNOperation.reorder(engine, source: source, destination: target, attributes: attributes)
        var arguments: [(OneDNNOperation.Argument, OneDNNMemory)] = [
            (.source, try OneDNNMemory(source, engine, at: given.base)), (.destination, memory),
        ]
        let scratch = AlignedStorage(bytes: reorder.scratchpad?.bytes ?? 0)
        if let scratchpad = reorder.scratchpad {
            arguments.append((.scratchpad, try OneDNNMemory(scratchpad, engine, at: scratch.base)))
        }
        try reorder.primitive(engine, arguments).run()
        withExtendedLifetime((given, scratch)) {}
    }
}
