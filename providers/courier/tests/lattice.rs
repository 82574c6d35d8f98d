//! The provider as a process, over a real server.
