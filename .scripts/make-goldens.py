"""Makes Fixtures/goldens: what the TFLite runtime computes for inputs that the Swift tests can make again.

    pip install ai-edge-litert tflite flatbuffers numpy
    python .scripts/make-goldens.py [MODEL_FOLDER]      (default: Models/pose)

Inputs are a formula (`picture` here, `goldenPicture` in the tests), so only outputs are stored: every k-th number of
each. The runtime's plain reference kernels are used: its fast ones differ from them by more than our tolerance on the
segmentation output. `tiny.tflite` is made here too: a network of a few kilobytes with every operator and encoding.
"""
import json
import pathlib
import sys

import flatbuffers
import numpy as np
import tflite
from ai_edge_litert.interpreter import Interpreter, OpResolverType

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDENS = ROOT / "Fixtures" / "goldens"
SAMPLES = 700
CASES = [
    # file, lowest and highest pixel value, seeds
    ("pose_detection", -1.0, 1.0, [1, 2]),
    ("pose_landmark_full", 0.0, 1.0, [3, 4]),
    ("palm_detection_full", 0.0, 1.0, [5, 6]),
    ("hand_landmark_full", 0.0, 1.0, [7, 8]),
]


def mixed(x):
    """The output function of SplitMix64."""
    x = x * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def picture(shape, low, high, seed):
    """Soft waves with a little noise, the same in every language: integer arithmetic up to the last step."""
    _, height, width, channels = shape
    y, x, c = np.meshgrid(*[np.arange(n, dtype=np.int64) for n in (height, width, channels)], indexing="ij")

    def wave(phase):
        return np.abs(phase % 256 - 128)

    noise = (mixed(np.arange(1, y.size + 1, dtype=np.uint64) + np.uint64(seed << 32)) >> np.uint64(61)).astype(np.int64)
    level = wave(3 * y + (seed % 5) * x + 40 * c) + wave((seed % 3) * y + 5 * x + 90 * c) * 7 // 8
    byte = np.minimum(level + noise.reshape(y.shape), 255)
    return (low + byte.astype(np.float64) / 255 * (high - low)).astype(np.float32)[None]


def golden(path, low, high, seeds):
    interpreter = Interpreter(str(path), num_threads=1, experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    given = interpreter.get_input_details()[0]
    runs = []
    for seed in seeds:
        interpreter.set_tensor(given["index"], picture(given["shape"], low, high, seed))
        interpreter.invoke()
        outputs = []
        for details in interpreter.get_output_details():
            numbers = interpreter.get_tensor(details["index"])
            flat = numbers.ravel().astype(np.float64)
            step = max(1, flat.size // SAMPLES) | 1
            outputs.append({
                "name": details["name"],
                "shape": [int(n) for n in numbers.shape],
                # A single number has no spread of its own; all of those are probabilities or logits.
                "range": float(f"{max(np.ptp(flat), 1.0 if flat.size == 1 else 0):.7g}"),
                "mean": float(f"{flat.mean():.7g}"),
                "step": step,
                "values": [float(f"{v:.6g}") for v in flat[::step]],
            })
        runs.append({"seed": seed, "outputs": outputs})
    result = {"file": path.name, "low": low, "high": high, "runs": runs}
    text = json.dumps(result, separators=(",", ":"))
    (GOLDENS / f"{path.stem}.json").write_text(text.replace('{"seed"', '\n{"seed"').replace('{"name"', '\n{"name"') + "\n")
    print(path.stem, len(text), "bytes", [(o["name"], o["range"]) for o in runs[0]["outputs"]])


class Tiny:
    """Writes a TFLite file operator by operator. Shapes are given, not worked out: the runtime checks them."""

    def __init__(self):
        self.builder = flatbuffers.Builder(1 << 16)
        self.random = np.random.default_rng(20)
        self.tensors, self.buffers, self.operators, self.codes = [], [b""], [], []

    def tensor(self, shape, kind=tflite.TensorType.FLOAT32, data=None, sparsity=None):
        buffer = 0
        if data is not None:
            self.buffers.append(data)
            buffer = len(self.buffers) - 1
        self.tensors.append((f"t{len(self.tensors)}", list(shape), kind, buffer, sparsity))
        return len(self.tensors) - 1

    def integers(self, values):
        array = np.array(values, np.int32)
        return self.tensor(array.shape, tflite.TensorType.INT32, array.tobytes())

    def weights(self, *shape, block=None, half=True, kept=1.0):
        """A constant: plain or half precision, dense or sparse along the last axis (in blocks of rows if asked)."""
        dense = self.random.normal(0, 1 / np.sqrt(np.prod(shape[1:]) or 1), shape).astype(np.float32)
        kind = tflite.TensorType.FLOAT16 if half else tflite.TensorType.FLOAT32
        element = np.float16 if half else np.float32
        if kept == 1.0:
            constant = self.tensor(shape, kind, dense.astype(element).tobytes())
        else:
            rows = block or 1
            grid = dense.reshape(shape[0] // rows, rows, -1, shape[-1])
            mask = self.random.random((grid.shape[0], grid.shape[2], shape[-1])) < kept
            numbers, segments, indices = [], [0], []
            for o in range(grid.shape[0]):
                for m in range(grid.shape[2]):
                    for i in range(shape[-1]):
                        if mask[o, m, i]:
                            numbers.extend(grid[o, :, m, i])
                            indices.append(i)
                    segments.append(len(indices))
            packed = np.array(numbers).astype(element).tobytes()
            constant = self.tensor(shape, kind, packed, (grid.shape[0], shape, rows, segments, indices))
            constant = self.operator("DENSIFY", [constant], shape, kind=kind)
        return self.operator("DEQUANTIZE", [constant], shape) if half else constant

    def operator(self, name, inputs, shape, options=None, kind=tflite.TensorType.FLOAT32):
        output = self.tensor(shape, kind)
        code = getattr(tflite.BuiltinOperator, name)
        if code not in self.codes:
            self.codes.append(code)
        self.operators.append((self.codes.index(code), inputs, [output], options))
        return output

    def vector(self, values, start=None, size=4):
        values = list(values)
        b = self.builder
        b.StartVector(size, len(values), size)
        for value in reversed(values):
            (b.PrependUOffsetTRelative if start else b.PrependInt32 if size == 4 else b.PrependUint8)(value)
        return b.EndVector()

    def table(self, fields):
        """`fields`: (slot, kind, value, default) of one table."""
        b = self.builder
        b.StartObject(max([slot for slot, *_ in fields], default=-1) + 1)
        for slot, kind, value, default in fields:
            getattr(b, f"Prepend{kind}Slot")(slot, value, default)
        return b.EndObject()

    def sparsity(self, blocks, shape, rows, segments, indices):
        dense = lambda size: self.table([(0, "Int8", 0, 0), (1, "Int32", size, 0)])
        segment = self.table([(0, "UOffsetTRelative", self.vector(segments), 0)])
        index = self.table([(0, "UOffsetTRelative", self.vector(indices, size=1), 0)])
        metadata = [dense(blocks)] + [dense(n) for n in shape[1:-1]]
        metadata.append(self.table([
            (0, "Int8", 1, 0), (2, "Uint8", 1, 0), (3, "UOffsetTRelative", segment, 0),
            (4, "Uint8", 3, 0), (5, "UOffsetTRelative", index, 0)]))
        fields = [(0, "UOffsetTRelative", None, 0), (2, "UOffsetTRelative", None, 0)]
        order = list(range(len(shape)))
        if rows > 1:
            metadata.append(dense(rows))
            order.append(len(shape))
        values = [self.vector(order), self.vector(metadata, start=True)]
        fields = [(slot, kind, value, 0) for (slot, kind, _, _), value in zip(fields, values)]
        if rows > 1:
            fields.append((1, "UOffsetTRelative", self.vector([0]), 0))
        return self.table(fields)

    def finish(self, inputs, outputs):
        b = self.builder
        buffers = []
        for data in self.buffers:
            vector = b.CreateByteVector(data) if data else None
            buffers.append(self.table([(0, "UOffsetTRelative", vector, 0)] if data else []))
        tensors = []
        for name, shape, kind, buffer, sparsity in self.tensors:
            fields = [(0, "UOffsetTRelative", self.vector(shape), 0), (1, "Int8", kind, 0), (2, "Uint32", buffer, 0),
                      (3, "UOffsetTRelative", b.CreateString(name), 0)]
            if sparsity:
                fields.append((6, "UOffsetTRelative", self.sparsity(*sparsity), 0))
            tensors.append(self.table(fields))
        operators = []
        for code, given, made, options in self.operators:
            fields = [(0, "Uint32", code, 0), (1, "UOffsetTRelative", self.vector(given), 0),
                      (2, "UOffsetTRelative", self.vector(made), 0)]
            if options:
                name, slots = options
                fields += [(3, "Uint8", getattr(tflite.BuiltinOptions, name), 0),
                           (4, "UOffsetTRelative", self.table([(s, k, v, None) for s, k, v in slots]), 0)]
            operators.append(self.table(fields))
        graph = self.table([
            (0, "UOffsetTRelative", self.vector(tensors, start=True), 0),
            (1, "UOffsetTRelative", self.vector(inputs), 0), (2, "UOffsetTRelative", self.vector(outputs), 0),
            (3, "UOffsetTRelative", self.vector(operators, start=True), 0)])
        codes = [self.table([(0, "Int8", c, 0), (2, "Int32", 1, 1), (3, "Int32", c, 0)]) for c in self.codes]
        model = self.table([
            (0, "Uint32", 3, 0), (1, "UOffsetTRelative", self.vector(codes, start=True), 0),
            (2, "UOffsetTRelative", self.vector([graph], start=True), 0),
            (4, "UOffsetTRelative", self.vector(buffers, start=True), 0)])
        b.Finish(model, file_identifier=b"TFL3")
        return bytes(b.Output())


def convolution(padding, stride, activation=0):
    return ("Conv2DOptions", [(0, "Int8", padding), (1, "Int32", stride), (2, "Int32", stride), (3, "Int8", activation),
                              (4, "Int32", 1), (5, "Int32", 1)])


def depthwise(padding, stride, activation=0, multiplier=1):
    return ("DepthwiseConv2DOptions", [(0, "Int8", padding), (1, "Int32", stride), (2, "Int32", stride),
                                       (3, "Int32", multiplier), (4, "Int8", activation), (5, "Int32", 1),
                                       (6, "Int32", 1)])


def tiny():
    t = Tiny()
    given = t.tensor([1, 13, 10, 3])
    widened = t.operator("PAD", [given, t.integers([[0, 0], [1, 1], [1, 1], [0, 0]])], [1, 15, 12, 3])
    stem = t.operator("CONV_2D", [widened, t.weights(8, 3, 3, 3), t.weights(8)], [1, 7, 5, 8], convolution(1, 2, 3))
    spread = t.operator("DEPTHWISE_CONV_2D", [stem, t.weights(1, 3, 3, 16), t.weights(16)], [1, 7, 5, 16],
                        depthwise(0, 1, 3, 2))
    back = t.operator("CONV_2D", [spread, t.weights(8, 1, 1, 16, kept=0.4), t.weights(8)], [1, 7, 5, 8],
                      convolution(0, 1))
    added = t.operator("ADD", [back, stem], [1, 7, 5, 8], ("AddOptions", [(0, "Int8", 1)]))
    sloped = t.operator("PRELU", [
        t.operator("CONV_2D", [added, t.weights(8, 2, 2, 8, kept=0.5, block=4), t.weights(8, half=False)], [1, 7, 5, 8],
                   convolution(0, 1)), t.weights(1, 1, 8)], [1, 7, 5, 8])
    half = t.operator("MAX_POOL_2D", [sloped], [1, 4, 3, 8], ("Pool2DOptions", [
        (0, "Int8", 0), (1, "Int32", 2), (2, "Int32", 2), (3, "Int32", 2), (4, "Int32", 2), (5, "Int8", 0)]))
    deeper = t.operator("PAD", [half, t.integers([[0, 0], [0, 0], [0, 0], [0, 8]])], [1, 4, 3, 16])
    down = t.operator("DEPTHWISE_CONV_2D", [sloped, t.weights(1, 5, 5, 8), t.weights(8)], [1, 4, 3, 8], depthwise(0, 2))
    joined = t.operator("ADD", [deeper, t.operator("CONV_2D", [down, t.weights(16, 1, 1, 8), t.weights(16)],
                                                   [1, 4, 3, 16], convolution(0, 1))],
                        [1, 4, 3, 16], ("AddOptions", [(0, "Int8", 0)]))
    squares = t.operator("DEPTH_TO_SPACE", [joined], [1, 8, 6, 4], ("DepthToSpaceOptions", [(0, "Int32", 2)]))
    resized = t.operator("RESIZE_BILINEAR", [joined, t.integers([8, 6])], [1, 8, 6, 16], ("ResizeBilinearOptions", [
        (2, "Bool", False), (3, "Bool", True)]))
    both = t.operator("CONCATENATION", [squares, resized], [1, 8, 6, 20], ("ConcatenationOptions", [
        (0, "Int32", 3), (1, "Int8", 0)]))
    rows = t.operator("RESHAPE", [both, t.integers([1, 48, 20])], [1, 48, 20])
    small = t.operator("RESHAPE", [half, t.integers([1, 12, 8])], [1, 12, 8])
    small = t.operator("CONCATENATION", [small, small], [1, 24, 8], ("ConcatenationOptions", [
        (0, "Int32", 1), (1, "Int8", 0)]))
    mean = t.operator("MEAN", [joined, t.integers([1, 2])], [1, 16], ("ReducerOptions", [(0, "Bool", False)]))
    full = t.operator("FULLY_CONNECTED", [mean, t.weights(5, 16), t.weights(5)], [1, 5], ("FullyConnectedOptions", [
        (0, "Int8", 0), (1, "Int8", 0), (2, "Bool", False)]))
    chance = t.operator("LOGISTIC", [full], [1, 5])
    return t.finish([given], [rows, small, chance, full])


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Models" / "pose"
    GOLDENS.mkdir(parents=True, exist_ok=True)
    (GOLDENS / "tiny.tflite").write_bytes(tiny())
    golden(GOLDENS / "tiny.tflite", -1.0, 1.0, [9, 10])
    for name, low, high, seeds in CASES:
        golden(folder / f"{name}.tflite", low, high, seeds)


main()
