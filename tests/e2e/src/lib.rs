//! Scenarios from brief to kit, on every site, and the command as a person runs it.
//!
//! A scenario is a folder of `suite/`: a request and what is expected of its kit. The tests are in `tests/`.
