"""Checks webhooks: a line of JSON each, with `secret`, `headers` and `body`. Says for each whether it holds."""

import base64
import json
import sys

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from standardwebhooks.webhooks import Webhook


def ed25519(secret, headers, body):
    """The library knows only the shared secret; this is the other half of the specification."""
    key = VerifyKey(base64.b64decode(secret.removeprefix("whpk_")))
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    for signature in headers["webhook-signature"].split(" "):
        if signature.startswith("v1a,"):
            try:
                key.verify(text, base64.b64decode(signature.removeprefix("v1a,")))
                return
            except BadSignatureError:
                # While keys change there are several.
                continue
    raise ValueError("no signature of this kind")


for line in sys.stdin:
    case = json.loads(line)
    try:
        if case["secret"].startswith("whpk_"):
            ed25519(case["secret"], case["headers"], case["body"])
        else:
            Webhook(case["secret"]).verify(case["body"], case["headers"])
        print("ok")
    except Exception as why:
        print(f"refused: {why!r}")
