"""CloudWatch: provider 6 speaks Smithy RPC with CBOR, moto only JSON and queries. Each call is handed to moto as JSON, its answer back as CBOR."""

import json

from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.parsers import RpcV2CBORParser
from botocore.serialize import RpcV2CBORSerializer
from moto.cloudwatch.responses import CloudWatchResponse
from moto.cloudwatch.urls import url_paths
from moto.core.request import Request

service = "GraniteServiceVersion20100801"
model = ServiceModel(Loader().load_service_model("cloudwatch", "service-2"), "cloudwatch")
parser = RpcV2CBORParser()
serializer = RpcV2CBORSerializer()


def call(request, full_url, headers):
    operation = request.path.rsplit("/", 1)[-1]
    given = parser.parse_data_item(parser.get_peekable_stream_from_bytes(request.data)) if request.data else {}
    kept = {name: value for name, value in headers.items() if name.lower() not in ("content-type", "content-length", "accept")}
    as_json = Request.from_primitives(
        "POST",
        full_url.split("/service/")[0] + "/",
        {**kept, "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"{service}.{operation}"},
        json.dumps(given, default=str).encode(),
    )
    status, answered, body = CloudWatchResponse.dispatch(as_json, as_json.raw_url, as_json.headers)
    answer = json.loads(body or "{}")
    kept = {name: value for name, value in answered.items() if name.lower() not in ("content-type", "content-length")}
    return status, {**kept, "Content-Type": "application/cbor", "Smithy-Protocol": "rpc-v2-cbor"}, cbor(operation, status, answer)


def cbor(operation, status, answer):
    """By the shape of the answer, which says what is a date and what a float; an error is a map of texts."""
    data = bytearray()
    shape = model.operation_model(operation).output_shape
    if status >= 400:
        texts = {name: str(value) for name, value in answer.items()}
        data.append(0xA0 | len(texts))
        for part in (text for pair in texts.items() for text in pair):
            serializer._serialize_type_string(data, part, None, None)
    elif shape is None:
        data.append(0xA0)
    else:
        serializer._serialize_data_item(data, answer, shape)
    return bytes(data)


url_paths["{0}/service/" + service + r"/operation/\w+$"] = call
