// Package promise waits for what the browser has promised. Elsewhere there is nothing in it.
package promise
