// Package deskscreen is the secretary's desk: meetings to prepare, one meeting with its agenda, documents and people, and the
// people of the room. Plain forms: Tab goes on, Enter keeps, Escape leaves, and what was typed is not lost when a wish is refused.
package deskscreen
