// Package browsertest tries the client in a real browser against a real
// server: it has tests only. They are skipped where Chromium is not installed
// or the client for browsers was not built.
//
// PHONGHOP_PICTURES names a folder for pictures of what was seen;
// PHONGHOP_SERVER_PROGRAM a server that is built already.
package browsertest
