/// What the peers' Python process does: ST-GCN as published, random weights, as ONNX and frame by frame.
enum ActionPeerProgram {
    static let source = #"""
        import io, sys, time, warnings, logging

        BLOCKS = [(64, 1), (64, 1), (64, 1), (64, 1), (128, 2), (128, 1), (128, 1), (256, 2), (256, 1), (256, 1)]
        JOINTS, CLASSES, FRAMES = 17, 60, 64

        def graph(torch, inputs, outputs):
            class Graph(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.links = torch.nn.Parameter(torch.rand(3, JOINTS, JOINTS) / JOINTS)
                    self.map = torch.nn.Conv2d(inputs, 3 * outputs, 1)
                    self.norm = torch.nn.BatchNorm2d(outputs)
                def forward(self, x):
                    people, _, frames, joints = x.shape
                    parts = self.map(x).view(people, 3, outputs, frames, joints)
                    mixed = sum(torch.matmul(parts[:, part], self.links[part]) for part in range(3))
                    return torch.relu(self.norm(mixed))
            return Graph()

        def clip_network(torch):
            nn = torch.nn
            class Block(nn.Module):
                def __init__(self, inputs, outputs, stride, first):
                    super().__init__()
                    self.graph = graph(torch, inputs, outputs)
                    self.temporal = nn.Sequential(
                        nn.Conv2d(outputs, outputs, (9, 1), (stride, 1), (4, 0)), nn.BatchNorm2d(outputs))
                    self.around = None if first else nn.Identity() if inputs == outputs and stride == 1 else nn.Sequential(
                        nn.Conv2d(inputs, outputs, 1, (stride, 1)), nn.BatchNorm2d(outputs))
                def forward(self, x):
                    y = self.temporal(self.graph(x))
                    return torch.relu(y if self.around is None else y + self.around(x))
            class Network(nn.Module):
                def __init__(self):
                    super().__init__()
                    widths = [3] + [width for width, _ in BLOCKS]
                    self.blocks = nn.Sequential(*[
                        Block(widths[i], width, stride, i == 0) for i, (width, stride) in enumerate(BLOCKS)])
                    self.head = nn.Linear(BLOCKS[-1][0], CLASSES)
                def forward(self, x):
                    return self.head(self.blocks(x).mean((2, 3)))
            return Network().eval()

        def onnx(kept, runs):
            import numpy, onnxruntime, torch
            if "onnx" not in kept:
                file = io.BytesIO()
                x = torch.randn(1, 3, FRAMES, JOINTS)
                with torch.inference_mode():
                    torch.onnx.export(clip_network(torch), (x,), file, opset_version=17, dynamo=False)
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = 1
                session = onnxruntime.InferenceSession(file.getvalue(), options, providers=["CPUExecutionProvider"])
                kept["onnx"] = (session, {session.get_inputs()[0].name: x.numpy()})
            session, feed = kept["onnx"]
            return least(lambda: session.run(None, feed), runs)

        def continual(kept, runs, people, strided):
            import continual as co, torch
            nn = torch.nn
            torch.set_num_threads(1)
            if (people, strided) not in kept:
                def block(inputs, outputs, stride, first):
                    taken = stride if strided else 1
                    inner = co.Sequential(
                        co.forward_stepping(graph(torch, inputs, outputs)),
                        co.Conv2d(outputs, outputs, (9, 1), padding=(4, 0), stride=(taken, 1)),
                        co.forward_stepping(nn.BatchNorm2d(outputs)))
                    relu = co.forward_stepping(nn.ReLU())
                    if first:
                        return co.Sequential(inner, relu)
                    around = co.Delay(4) if inputs == outputs and taken == 1 else co.Sequential(
                        co.Conv2d(inputs, outputs, (1, 1), stride=(taken, 1)),
                        co.forward_stepping(nn.BatchNorm2d(outputs)))
                    return co.Sequential(co.BroadcastReduce(inner, around, reduce="sum", auto_delay=True), relu)
                widths = [3] + [width for width, _ in BLOCKS]
                network = co.Sequential(*[
                    block(widths[i], width, stride, i == 0) for i, (width, stride) in enumerate(BLOCKS)]).eval()
                x = torch.randn(people, 3, JOINTS)
                with torch.inference_mode():
                    for _ in range(160):
                        network.forward_step(x)
                kept[(people, strided)] = (network, x)
            network, x = kept[(people, strided)]
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
                    answer = onnx(kept, int(rest[0]))
                else:
                    answer = continual(kept, int(rest[0]), int(rest[1]), rest[2] == "strided")
            except Exception as error:
                answer = repr(error).replace("\n", " ")
            answers.write(f"{answer}\n")
            answers.flush()
        """#
}
