"""A browser that takes push messages: `browser.py`. Says its keys as JSON; reads a message as JSON and says what is in it."""

import base64
import json
import os
import sys

import http_ece
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature


def text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def data(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


key, auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
point = key.public_key().public_bytes(
    serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
)
print(json.dumps({"p256dh": text(point), "auth": text(auth)}), flush=True)

for line in sys.stdin:
    message = json.loads(line)
    words = dict(part.strip().split("=", 1) for part in message["authorization"].removeprefix("vapid ").split(","))
    signed, signature = words["t"].rsplit(".", 1)
    raw = data(signature)
    sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data(words["k"]))
    halves = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    sender.verify(encode_dss_signature(*halves), signed.encode(), ec.ECDSA(hashes.SHA256()))
    claims = json.loads(data(signed.split(".")[1]))
    clear = http_ece.decrypt(bytes.fromhex(message["body"]), private_key=key, auth_secret=auth, version="aes128gcm")
    print(json.dumps({"claims": claims, "clear": clear.decode()}), flush=True)
