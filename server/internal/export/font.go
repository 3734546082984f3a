package export

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"phonghop/assets/fonts"
	"phonghop/shared/ink"
)

// face is the part of a font that the notes of one file need. Glyphs keep
// their numbers, so that text is written in them.
type face struct {
	glyphs map[rune]uint16
	widths map[uint16]float64 // in type sizes
	data   []byte             // the font's file, with the outlines of these glyphs only
}

// newFace makes the face for the notes among the strokes. A letter that the
// font does not have is shown as its empty box.
func newFace(strokes []Stroke) (*face, error) {
	f := &face{glyphs: map[rune]uint16{}, widths: map[uint16]float64{}}
	whole, err := sfnt.Parse(fonts.NotoSansRegular)
	if err != nil {
		return nil, fmt.Errorf("export: font: %w", err)
	}
	var buf sfnt.Buffer
	used := map[uint16]bool{0: true}
	for _, s := range strokes {
		if s.Tool != ink.Note {
			continue
		}
		for _, r := range s.Text {
			if _, ok := f.glyphs[r]; ok {
				continue
			}
			g, err := whole.GlyphIndex(&buf, r)
			if err != nil {
				return nil, fmt.Errorf("export: font: %w", err)
			}
			width, err := whole.GlyphAdvance(&buf, g, fixed.I(1000), font.HintingNone)
			if err != nil {
				return nil, fmt.Errorf("export: font: %w", err)
			}
			f.glyphs[r] = uint16(g)
			f.widths[uint16(g)] = float64(width) / 64 / 1000
			used[uint16(g)] = true
		}
	}
	if len(f.glyphs) > 0 {
		f.data, err = subset(fonts.NotoSansRegular, used)
	}
	return f, err
}

// encode writes a line in the numbers of glyphs, and says how wide it is.
func (f *face) encode(line string) (hex string, width float64) {
	var b strings.Builder
	for _, r := range line {
		g := f.glyphs[r]
		fmt.Fprintf(&b, "%04x", g)
		width += f.widths[g]
	}
	return b.String(), width
}

// face puts the font into the file, once.
func (w *writer) face() (*types.IndirectRef, error) {
	if w.fontRef != nil {
		return w.fontRef, nil
	}
	file, err := w.stream(w.font.data, types.Dict{"Length1": types.Integer(len(w.font.data))})
	if err != nil {
		return nil, err
	}
	unicode, err := w.stream(w.font.toUnicode(), types.Dict{})
	if err != nil {
		return nil, err
	}
	const name = types.Name("PHGHOP+NotoSans-Regular")
	descriptor, err := w.ctx.IndRefForNewObject(types.Dict{
		"Type": types.Name("FontDescriptor"), "FontName": name, "Flags": types.Integer(4), "ItalicAngle": types.Integer(0),
		"FontBBox": types.Array{types.Integer(-621), types.Integer(-389), types.Integer(2800), types.Integer(1067)},
		"Ascent":   types.Integer(1069), "Descent": types.Integer(-293), "CapHeight": types.Integer(714), "StemV": types.Integer(80),
		"FontFile2": *file,
	})
	if err != nil {
		return nil, err
	}
	var widths types.Array
	glyphs := make([]uint16, 0, len(w.font.widths))
	for g := range w.font.widths {
		glyphs = append(glyphs, g)
	}
	slices.Sort(glyphs)
	for _, g := range glyphs {
		widths = append(widths, types.Integer(g), types.Array{number(w.font.widths[g] * 1000)})
	}
	cid, err := w.ctx.IndRefForNewObject(types.Dict{
		"Type": types.Name("Font"), "Subtype": types.Name("CIDFontType2"), "BaseFont": name, "CIDToGIDMap": types.Name("Identity"),
		"CIDSystemInfo":  types.Dict{"Registry": types.StringLiteral("Adobe"), "Ordering": types.StringLiteral("Identity"), "Supplement": types.Integer(0)},
		"FontDescriptor": *descriptor, "DW": types.Integer(600), "W": widths,
	})
	if err != nil {
		return nil, err
	}
	w.fontRef, err = w.ctx.IndRefForNewObject(types.Dict{
		"Type": types.Name("Font"), "Subtype": types.Name("Type0"), "BaseFont": name, "Encoding": types.Name("Identity-H"),
		"DescendantFonts": types.Array{*cid}, "ToUnicode": *unicode,
	})
	return w.fontRef, err
}

func (w *writer) stream(data []byte, entries types.Dict) (*types.IndirectRef, error) {
	sd, err := w.ctx.NewStreamDictForBuf(data)
	if err != nil {
		return nil, err
	}
	for k, v := range entries {
		sd.Dict[k] = v
	}
	if err := sd.Encode(); err != nil {
		return nil, err
	}
	return w.ctx.IndRefForNewObject(*sd)
}

// toUnicode lets viewers search and copy the text of notes.
func (f *face) toUnicode() []byte {
	runes := make([]rune, 0, len(f.glyphs))
	for r, g := range f.glyphs {
		if g != 0 && r < 0x10000 {
			runes = append(runes, r)
		}
	}
	slices.Sort(runes)
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n")
	for part := range slices.Chunk(runes, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for _, r := range part {
			fmt.Fprintf(&b, "<%04x> <%04x>\n", f.glyphs[r], r)
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

var errFont = errors.New("export: the font's file is not understood")

// subset keeps of a TrueType file the outlines of the used glyphs and of
// those they are composed of; the others become empty.
func subset(data []byte, used map[uint16]bool) ([]byte, error) {
	tables, err := tablesOf(data)
	if err != nil {
		return nil, err
	}
	head, loca, glyf := tables["head"], tables["loca"], tables["glyf"]
	if len(head) < 54 || len(loca) < 4 || binary.BigEndian.Uint16(head[50:]) != 1 {
		return nil, errFont // our own fonts have long offsets
	}
	count := len(loca)/4 - 1
	outline := func(g int) []byte {
		from, to := binary.BigEndian.Uint32(loca[4*g:]), binary.BigEndian.Uint32(loca[4*g+4:])
		if from > to || int(to) > len(glyf) {
			return nil
		}
		return glyf[from:to]
	}
	todo := make([]uint16, 0, len(used))
	for g := range used {
		todo = append(todo, g)
	}
	for len(todo) > 0 {
		g := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int(g) >= count {
			continue
		}
		for _, part := range components(outline(int(g))) {
			if !used[part] {
				used[part] = true
				todo = append(todo, part)
			}
		}
	}
	var outlines []byte
	offsets := make([]byte, 0, len(loca))
	for g := range count {
		offsets = binary.BigEndian.AppendUint32(offsets, uint32(len(outlines))) //nolint:gosec // a font of ours
		if used[uint16(g)] {                                                    //nolint:gosec // count is below 65,536
			outlines = append(outlines, outline(g)...)
			for len(outlines)%4 != 0 {
				outlines = append(outlines, 0)
			}
		}
	}
	tables["glyf"], tables["loca"] = outlines, binary.BigEndian.AppendUint32(offsets, uint32(len(outlines))) //nolint:gosec // as above
	return assemble(tables), nil
}

func tablesOf(data []byte) (map[string][]byte, error) {
	if len(data) < 12 {
		return nil, errFont
	}
	out := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil, errFont
		}
		from, size := int(binary.BigEndian.Uint32(data[at+8:])), int(binary.BigEndian.Uint32(data[at+12:]))
		if from < 0 || size < 0 || from+size > len(data) {
			return nil, errFont
		}
		out[string(data[at:at+4])] = data[from : from+size]
	}
	return out, nil
}

// components lists the glyphs that a composed one is made of.
func components(outline []byte) (out []uint16) {
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 { //nolint:gosec // negative says composed
		return nil
	}
	for at := 10; at+4 <= len(outline); {
		flags := binary.BigEndian.Uint16(outline[at:])
		out = append(out, binary.BigEndian.Uint16(outline[at+2:]))
		at += 6
		if flags&1 != 0 {
			at += 2 // two words of arguments, not two bytes
		}
		switch {
		case flags&8 != 0:
			at += 2
		case flags&0x40 != 0:
			at += 4
		case flags&0x80 != 0:
			at += 8
		}
		if flags&0x20 == 0 {
			break
		}
	}
	return out
}

// assemble writes the tables that a PDF needs as one TrueType file.
func assemble(tables map[string][]byte) []byte {
	names := []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}
	names = slices.DeleteFunc(names, func(n string) bool { return len(tables[n]) == 0 })
	out := []byte{0, 1, 0, 0}
	n := uint16(len(names)) //nolint:gosec // at most nine
	search, log := uint16(1), uint16(0)
	for search*2 <= n {
		search, log = search*2, log+1
	}
	for _, v := range []uint16{n, search * 16, log, n*16 - search*16} {
		out = binary.BigEndian.AppendUint16(out, v)
	}
	at := 12 + 16*len(names)
	for _, name := range names {
		t := tables[name]
		out = append(out, name...)
		for _, v := range []uint32{checksum(t), uint32(at), uint32(len(t))} { //nolint:gosec // a font of ours
			out = binary.BigEndian.AppendUint32(out, v)
		}
		at += (len(t) + 3) &^ 3
	}
	for _, name := range names {
		out = append(out, tables[name]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

func checksum(t []byte) (sum uint32) {
	for i := 0; i < len(t); i += 4 {
		var word [4]byte
		copy(word[:], t[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
