// Checks webhooks: a line of JSON each, with `secret`, `headers` and `body`. Says for each whether it holds.

import { createPublicKey, verify } from "node:crypto";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { Webhook } = createRequire(`${process.argv[2]}/`)("standardwebhooks");

// The library knows only the shared secret; this is the other half of the specification.
function ed25519(secret, headers, body) {
  const x = Buffer.from(secret.slice("whpk_".length), "base64").toString("base64url");
  const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
  const text = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
  const own = headers["webhook-signature"].split(" ").filter((one) => one.startsWith("v1a,"));
  if (!own.some((one) => verify(null, text, key, Buffer.from(one.slice("v1a,".length), "base64")))) {
    throw new Error("no signature fits");
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body } = JSON.parse(line);
  try {
    secret.startsWith("whpk_") ? ed25519(secret, headers, body) : new Webhook(secret).verify(body, headers);
    console.log("ok");
  } catch (why) {
    console.log(`refused: ${why.message}`);
  }
}
