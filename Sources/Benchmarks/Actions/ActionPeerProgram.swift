/// What the peers' Python process does: networks of the ST-GCN family, random weights, as ONNX and frame by frame.
enum ActionPeerProgram {
    static let source = #"""
        import io, sys, time, warnings, logging

        FRAMES = 64

        def graph(torch, joints, inputs, outputs):
            class Graph(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.links = torch.nn.Parameter(torch.rand(3, joints, joints) / joints)
                    self.map = torch.nn.Conv2d(inputs, 3 * outputs, 1)
                    self.norm = torch.nn.BatchNorm2d(outputs)
                def forward(self, x):
                    people, _, frames, joints = x.shape
                    parts = self.map(x).view(people, 3, outputs, frames, joints)
                    mixed = sum(torch.matmul(parts[:, part], self.links[part]) for part in range(3))
                    return torch.relu(self.norm(mixed))
            return Graph()

        def clip_network(torch, joints, classes, channels, blocks):
            nn = torch.nn
            class Block(nn.Module):
                def __init__(self, inputs, outputs, kernel, stride, dilation, first):
                    super().__init__()
                    self.graph = graph(torch, joints, inputs, outputs)
                    self.temporal = nn.Sequential(
                        nn.Conv2d(outputs, outputs, (kernel, 1), (stride, 1), ((kernel - 1) * dilation // 2, 0),
                                  (dilation, 1)), nn.BatchNorm2d(outputs))
                    self.around = None if first else nn.Identity() if inputs == outputs and stride == 1 else nn.Sequential(
                        nn.Conv2d(inputs, outputs, 1, (stride, 1)), nn.BatchNorm2d(outputs))
                def forward(self, x):
                    y = self.temporal(self.graph(x))
                    return torch.relu(y if self.around is None else y + self.around(x))
            class Network(nn.Module):
                def __init__(self):
                    super().__init__()
                    widths = [channels] + [block[0] for block in blocks]
                    self.blocks = nn.Sequential(*[
                        Block(widths[i], *block, i == 0) for i, block in enumerate(blocks)])
                    self.head = nn.Linear(widths[-1], classes)
                def forward(self, x):
                    return self.head(self.blocks(x).mean((2, 3)))
            return Network().eval()

        def onnx(kept, runs, shape):
            import numpy, onnxruntime, torch
            if shape not in kept:
                file = io.BytesIO()
                joints, classes, channels, blocks = shape
                x = torch.randn(1, channels, FRAMES, joints)
                with torch.inference_mode():
                    torch.onnx.export(clip_network(torch, *shape), (x,), file, opset_version=17, dynamo=False)
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = 1
                session = onnxruntime.InferenceSession(file.getvalue(), options, providers=["CPUExecutionProvider"])
                kept[shape] = (session, {session.get_inputs()[0].name: x.numpy()})
            session, feed = kept[shape]
            return least(lambda: session.run(None, feed), runs)

        def continual(kept, runs, people, shape):
            import continual as co, torch
            nn = torch.nn
            torch.set_num_threads(1)
            if (people, shape) not in kept:
                joints, classes, channels, blocks = shape
                def block(inputs, outputs, kernel, stride, dilation, first):
                    # It knows no dilation; as many taps one beside the other cost the same.
                    half = (kernel - 1) // 2
                    inner = co.Sequential(
                        co.forward_stepping(graph(torch, joints, inputs, outputs)),
                        co.Conv2d(outputs, outputs, (kernel, 1), padding=(half, 0), stride=(stride, 1)),
                        co.forward_stepping(nn.BatchNorm2d(outputs)))
                    relu = co.forward_stepping(nn.ReLU())
                    if first:
                        return co.Sequential(inner, relu)
                    around = co.Delay(half) if inputs == outputs and stride == 1 else co.Sequential(
                        co.Conv2d(inputs, outputs, (1, 1), stride=(stride, 1)),
                        co.forward_stepping(nn.BatchNorm2d(outputs)))
                    return co.Sequential(co.BroadcastReduce(inner, around, reduce="sum", auto_delay=True), relu)
                widths = [channels] + [entry[0] for entry in blocks]
                network = co.Sequential(*[block(widths[i], *entry, i == 0) for i, entry in enumerate(blocks)]).eval()
                x = torch.randn(people, channels, joints)
                with torch.inference_mode():
                    for _ in range(160):
                        network.forward_step(x)
                kept[(people, shape)] = (network, x)
            network, x = kept[(people, shape)]
            def four():
                for _ in range(4):
                    network.forward_step(x)
            with torch.inference_mode():
                return least(four, runs) / 4

        def least(work, runs):
            work()
            best = float("inf")
            for _ in range(runs):
                start = time.process_time()
                work()
                best = min(best, time.process_time() - start)
            return best * 1000

        def has(part):
            import torch
            if part == "onnx":
                import onnx, onnxruntime
            else:
                import continual
            return 1

        def read(joints, classes, channels, blocks):
            return int(joints), int(classes), int(channels), tuple(
                tuple(map(int, block.split(":"))) for block in blocks.split(","))

        answers = sys.stdout
        sys.stdout = sys.stderr
        warnings.simplefilter("ignore")
        logging.disable(logging.WARNING)
        kept = {}
        for line in sys.stdin:
            word, *rest = line.split()
            try:
                if word == "has":
                    answer = has(rest[0])
                elif word == "onnx":
                    answer = onnx(kept, int(rest[0]), read(*rest[1:]))
                else:
                    answer = continual(kept, int(rest[0]), int(rest[1]), read(*rest[2:]))
            except Exception as error:
                answer = repr(error).replace("\n", " ")
            answers.write(f"{answer}\n")
            answers.flush()
        """#
}
