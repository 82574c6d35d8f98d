"""Checks the DKIM signature of a mail: `dkim_check.py <mail> <record>`, the record being what DNS would hold."""

import pathlib
import sys

import dkim

mail, record = pathlib.Path(sys.argv[1]).read_bytes(), sys.argv[2].encode()
print("ok" if dkim.verify(mail, dnsfunc=lambda name, timeout=5: record) else "refused")
