"""What schemathesis cannot guess from the document: photos, products of this plant, ids and cursors that exist."""

import base64
import datetime
import os
import pathlib
import uuid

import schemathesis
from hypothesis import strategies

PHOTO = pathlib.Path(os.environ["WIKO_PHOTO"]).read_bytes()
DEFECT_ID = os.environ["WIKO_DEFECT_ID"]
photos = 0


def new_photo():
    """The same picture in other bytes (a comment behind the first marker), or all would be answered from the store."""
    global photos
    photos += 1
    text = f"photo {photos}".encode()
    return PHOTO[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text + PHOTO[2:]


# The tool's own times have leap seconds and the year 0, which the service refuses.
moments = strategies.datetimes(timezones=strategies.timezones()).filter(lambda at: 2 <= at.year <= 9998)
schemathesis.openapi.format("date-time", moments.map(lambda at: at.replace(fold=0).astimezone(datetime.UTC).isoformat()))
schemathesis.openapi.format("date", strategies.dates().map(lambda day: day.isoformat()))
schemathesis.openapi.format("uuid", strategies.uuids().map(str))

# Beyond it a JSON number loses digits in JavaScript, which is refused.
MOST = 2**53 - 1


def without_special(value):
    """Drops what is refused whatever the document says: names that reach a prototype in JavaScript, and inexact numbers."""
    if isinstance(value, dict):
        return {name: without_special(each) for name, each in value.items() if name not in ("__proto__", "constructor")}
    if isinstance(value, float):
        return value if value == 0 or 1e-300 < abs(value) < MOST else 0.5
    if isinstance(value, int) and not isinstance(value, bool):
        return max(-MOST, min(MOST, value))
    return [without_special(each) for each in value] if isinstance(value, list) else value


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """The key is sent with every call, so a wrong bearer token beside it would change nothing."""
    raw_schema["components"]["securitySchemes"].pop("session")
    operations = [operation for path in raw_schema["paths"].values() for operation in path.values()]
    for place in [raw_schema, *operations]:
        if "security" in place:
            place["security"] = [one for one in place["security"] if "session" not in one]


@schemathesis.hook
def before_call(context, case, kwargs):
    """Only where the case is meant to be accepted: what is wrong on purpose stays wrong."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if "defect_id" in (case.path_parameters or {}):
        case.path_parameters["defect_id"] = DEFECT_ID
    if isinstance(case.query, dict):
        case.query.pop("cursor", None)
    if "idempotency-key" in (case.headers or {}):
        # The tool tries one key with several bodies, which is refused as it should be.
        case.headers["idempotency-key"] = str(uuid.uuid4())
    if not isinstance(case.body, dict):
        return
    case.body = without_special(case.body)
    if "product_sku" in case.body:
        case.body["product_sku"] = "WK-KN-200"
    if "review_below" in case.body:
        # A bare key says who decides.
        case.body["person"] = "Mei"
    if "limits" in case.body:
        case.body |= {"name": "WK-KN-200", "person": "Mei"}
    if "images" in case.body:
        case.body["images"] = [new_photo() for _ in range(2)]
    if "image" in case.body:
        as_text = case.media_type == "application/json"
        case.body["image"] = base64.b64encode(new_photo()).decode() if as_text else new_photo()
    if "expires_at" in case.body:
        case.body["expires_at"] = "2126-01-01T00:00:00Z"
