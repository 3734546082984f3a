package demo

import "io"

func makeSlides(w io.Writer) error { return nil }
func makeScan(w io.Writer) error   { return nil }
