"""A simulated AWS account: moto's proxy, with the calls that Terraform needs and moto 5.2 lacks.

For tests only. It shows that the graph applies, settles and can be destroyed; it checks no quota, permission, version or name rule.
Start: python simulated_aws.py -p PORT, then HTTPS_PROXY=http://127.0.0.1:PORT and AWS_CA_BUNDLE=.../moto/moto_proxy/ca.crt
"""

import json

import moto.proxy
from moto.core.responses import BaseResponse
from moto.moto_proxy.proxy3 import MotoRequestHandler, ProxyRequestHandler

import caches  # noqa: F401  each of these adds calls to moto
import cbor  # noqa: F401
import databases  # noqa: F401
import edge  # noqa: F401
import permissions  # noqa: F401
import stores  # noqa: F401
import tasks  # noqa: F401
import watching  # noqa: F401

call_action = BaseResponse.call_action
send_error = ProxyRequestHandler.send_error
finish = ProxyRequestHandler.finish
parse_request = MotoRequestHandler.parse_request


def refuse_what_is_missing(self):
    """A call that nobody simulates is refused at once: at moto's own answer, a 502, the provider would try 25 times."""
    try:
        return call_action(self)
    except NotImplementedError as error:
        print(f"NOT SIMULATED {self.boto3_service_name}: {error}", flush=True)
        return 400, {}, json.dumps({"__type": "NotSimulated", "message": str(error)})


def refuse_what_breaks(self, code, message=None, explain=None):
    send_error(self, 400 if code == 502 else code, message, explain)


def say_that_it_closes(self, *args, **kwargs):
    """moto closes a connection after one answer without saying so: a client that sends the next request into it waits for ever."""
    response = parse_request(self, *args, **kwargs)
    status, headers, body = response if isinstance(response, tuple) else (200, {}, response)
    return status, {**headers, "Connection": "close"}, body


def close_for_good(self):
    """The plain socket is closed by the server, the TLS one around it only when Python finds the time."""
    finish(self)
    self.connection.close()


BaseResponse.call_action = refuse_what_is_missing
ProxyRequestHandler.send_error = refuse_what_breaks
ProxyRequestHandler.finish = close_for_good
ProxyRequestHandler.timeout = 60
MotoRequestHandler.parse_request = say_that_it_closes

if __name__ == "__main__":
    moto.proxy.main()
