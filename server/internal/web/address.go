package web

import "regexp"

// typedHost is a host, with or without a port, as people type it to come to
// the room; it can stand in an address as it is.
var typedHost = regexp.MustCompile(`^[A-Za-z0-9.\-]{1,253}(:[0-9]{1,5})?$|^\[[0-9A-Fa-f:]{2,45}\](:[0-9]{1,5})?$`)
