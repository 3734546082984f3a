package demo

import "io"

func makeReport(w io.Writer) error { return nil }
func makeSlides(w io.Writer) error { return nil }
func makeScan(w io.Writer) error   { return nil }
