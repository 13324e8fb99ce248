"""Makes Fixtures/gradients: what PyTorch computes for a batch through networks as they are trained here.

    pip install torch numpy
    python .scripts/make-gradients.py

One file a network, in the form of weight files: its architecture as metadata, then parameters, input, logits, a gradient
of the logits, and the gradient of every parameter, computed in double precision. `GradientTwinTests` runs the same in
Swift; `swift test --filter GradientTwinTests` prints the greatest relative difference.
"""
import json
import pathlib
import struct

import numpy as np
import torch

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "gradients"
JOINTS, EDGES, CLIPS = 7, [(1, 0), (2, 1), (3, 0), (4, 3), (5, 1), (6, 5)], 3
PUBLISHED = [{"kind": "convolution", "kernel": 3, "dilation": d} for d in range(1, 5)] + [
    {"kind": "largest", "kernel": 3, "dilation": 1}, {"kind": "convolution", "kernel": 1, "dilation": 1}]


def block(channels, kernel=1, stride=1, dilation=1, **more):
    return {"channels": channels, "kernel": kernel, "stride": stride, "dilation": dilation, **more}


NETWORKS = {
    "plain": {"adaptive": True, "blocks": [block(6, 3), block(6, 5, dilation=2), block(9, 5, stride=2)]},
    "ahead": {"adaptive": False, "window": 2, "blocks": [
        block(6, 3, dilation=2, look_ahead=0), block(7, 4, stride=2, look_ahead=1), block(7, 2, look_ahead=1)]},
    "branched": {
        "adaptive": True, "graph_path": True,
        "blocks": [
            block(8, branches=PUBLISHED), block(8, stride=2, look_ahead=2, branches=PUBLISHED), block(10, 3)]},
    "causal": {
        "adaptive": True, "window": 1, "graph_path": True, "blocks": [
            block(7, look_ahead=1, branches=PUBLISHED),
            block(7, stride=2, look_ahead=0, branches=[
                {"kind": "convolution", "kernel": 4, "dilation": 2}, {"kind": "largest", "kernel": 3, "dilation": 2},
                {"kind": "largest", "kernel": 1, "dilation": 1}]),
            block(8, look_ahead=1, branches=[{"kind": "convolution", "kernel": 5, "dilation": 1}])]},
}


def adjacency():
    """Itself, nearer to joint 0, farther from it; each column sums to 1."""
    linked = np.eye(JOINTS, dtype=bool)
    for a, b in EDGES:
        linked[a, b] = linked[b, a] = True
    distance = np.full(JOINTS, JOINTS)
    distance[0] = 0
    for _ in range(JOINTS):
        for a, b in np.argwhere(linked):
            distance[b] = min(distance[b], distance[a] + 1)
    graph = np.zeros((3, JOINTS, JOINTS))
    for u, v in np.argwhere(linked):
        partition = 0 if u == v else 1 if distance[u] < distance[v] else 2
        graph[partition, u, v] = 1 / linked[:, v].sum()
    return torch.tensor(graph)


class Network:
    """Functions of named parameters, drawn when they are first met."""

    def __init__(self, architecture, seed):
        self.architecture = architecture
        self.random = np.random.default_rng(seed)
        self.parameters = {}
        self.graph = adjacency()

    def take(self, name, shape, mean=0.0, deviation=1.0):
        if name not in self.parameters:
            # What single precision holds, so that both sides start from the same numbers.
            values = (mean + deviation * self.random.standard_normal(shape)).astype(np.float32)
            self.parameters[name] = torch.tensor(values.astype(np.float64), requires_grad=True)
        return self.parameters[name]

    def norm(self, name, x):
        channels = x.shape[0]
        scale = self.take(name + ".scale", (channels,), 1, 0.3)
        offset = self.take(name + ".offset", (channels,), 0, 0.3)
        mean = x.mean((1, 2, 3), keepdim=True)
        variance = x.var((1, 2, 3), keepdim=True, unbiased=False)
        return (x - mean) / torch.sqrt(variance + 1e-5) * scale[:, None, None, None] + offset[:, None, None, None]

    def convolution(self, name, x, outputs, kernel=1, stride=1, dilation=1, ahead=None):
        weight = self.take(name + ".weight", (outputs, x.shape[0], kernel), 0, (1 / (x.shape[0] * kernel)) ** 0.5)
        span = (kernel - 1) * dilation
        ahead = span // 2 if ahead is None else ahead
        x = torch.nn.functional.pad(x.permute(1, 0, 2, 3), (0, 0, span - ahead, ahead))
        y = torch.nn.functional.conv2d(x, weight[..., None], stride=(stride, 1), dilation=(dilation, 1))
        # Every stride-th frame of the clip, however far it was padded.
        return y.permute(1, 0, 2, 3)

    def graph_convolution(self, name, x, outputs):
        weight = self.take(name + ".weight", (outputs, 3, x.shape[0]), 0, (1 / x.shape[0]) ** 0.5)
        adaptive = self.architecture["adaptive"]
        importance = self.take(name + ".importance", (3, JOINTS, JOINTS), 0 if adaptive else 1, 0.3)
        links = importance if adaptive else self.graph * importance
        return torch.einsum("opc,cntu,puv->ontv", weight, x, links)

    def around(self, name, x, outputs, stride):
        if x.shape[0] == outputs and stride == 1:
            return x
        return self.norm(name + "_norm", self.convolution(name, x, outputs, stride=stride))

    def branched(self, name, x, block):
        channels, stride, limit = block["channels"], block["stride"], block.get("look_ahead")
        hidden = torch.relu(self.norm(name + ".narrow_norm", self.convolution(name + ".narrow", x, channels)))
        share = channels // len(block["branches"])
        first, parts = 0, []
        for index, branch in enumerate(block["branches"]):
            count = channels - share * (len(block["branches"]) - 1) if index == 0 else share
            part = hidden[first:first + count]
            first += count
            kernel, dilation = branch["kernel"], branch["dilation"]
            span = (kernel - 1) * dilation
            ahead = span // 2 if limit is None else min(limit, span) // dilation * dilation
            if branch["kind"] == "largest" or kernel == 1:
                padded = torch.nn.functional.pad(part, (0, 0, span - ahead, ahead))
                taps = [padded[:, :, k * dilation:k * dilation + part.shape[2]] for k in range(kernel)]
                part = torch.stack(taps).amax(0)[:, :, ::stride]
            else:
                part = self.convolution(f"{name}.branches.{index}", part, count, kernel, stride, dilation, ahead)
            parts.append(part)
        joined = torch.relu(self.norm(name + ".join_norm", torch.cat(parts)))
        return self.convolution(name + ".join", joined, channels)

    def block(self, index, x):
        block, name = self.architecture["blocks"][index], f"blocks.{index}"
        channels, stride = block["channels"], block["stride"]
        y = self.graph_convolution(name + ".graph", x, channels)
        y = self.norm(name + ".graph_norm", y)
        if self.architecture.get("graph_path"):
            y = y + self.around(name + ".graph_path", x, channels, 1)
        y = torch.relu(y)
        if "branches" in block:
            y = self.branched(name + ".temporal", y, block)
        else:
            y = self.convolution(
                name + ".temporal", y, channels, block["kernel"], stride, block["dilation"], block.get("look_ahead"))
        y = self.norm(name + ".temporal_norm", y)
        return torch.relu(y if index == 0 else y + self.around(name + ".residual", x, channels, stride))

    def logits(self, x):
        """(N, outputs, classes), each output over its window of features, shorter at the start."""
        for index in range(len(self.architecture["blocks"])):
            x = self.block(index, x)
        channels, _, frames, _ = x.shape
        means = x.mean(3)
        window = self.architecture.get("window") or frames
        pooled = torch.stack([means[:, :, max(0, t + 1 - window):t + 1].mean(2) for t in range(frames)])
        weight = self.take("head.weight", (self.architecture["classes"], channels), 0, 0.5)
        return torch.einsum("tcn,kc->ntk", pooled, weight) + self.take("head.bias", (self.architecture["classes"],))


def write(path, metadata, tensors):
    header, offset = {"__metadata__": metadata}, 0
    for name, tensor in tensors.items():
        size = 4 * tensor.size
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    body = b"".join(tensor.astype("<f4").tobytes() for tensor in tensors.values())
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for seed, (name, more) in enumerate(NETWORKS.items()):
        architecture = {"input_channels": 3, "frames": 12, "classes": 4, "partition": "spatial", **more}
        network = Network(architecture, seed)
        x = network.random.standard_normal((3, CLIPS, 12, JOINTS)).astype(np.float32)
        logits = network.logits(torch.tensor(x.astype(np.float64)))
        slope = network.random.standard_normal(logits.shape).astype(np.float32)
        logits.backward(torch.tensor(slope.astype(np.float64)))
        tensors = {"x": x, "logits": logits.detach().numpy(), "logits_gradient": slope}
        for key, value in network.parameters.items():
            tensors[key] = value.detach().numpy()
            tensors["gradient." + key] = value.grad.numpy()
        write(FOLDER / f"{name}.safetensors", {"architecture": json.dumps(architecture)}, tensors)
        print(f"{name}: {sum(v.numel() for v in network.parameters.values())} parameters")


main()
