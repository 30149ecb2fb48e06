package exchange

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// kikFormat is the name a catalogue of the contract begins with.
const kikFormat = "kindinkaart-catalogue/1"

func looksKIK(head []byte) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, bomUTF8), " \t\r\n")
	return bytes.HasPrefix(text, []byte("{")) && (bytes.Contains(text, []byte("kindinkaart-catalogue")) ||
		bytes.Contains(text, []byte(`"activities"`)) && bytes.Contains(text, []byte(`"partners"`)))
}

// kikReader reads a catalogue record by record, so that a large file needs no large memory for its text.
type kikReader struct {
	ctx    context.Context
	dec    *json.Decoder
	o      Options
	in     catalog.Import
	format string
	seen   map[string]bool // ids of partners and activities, with their sort
}

func readKIK(ctx context.Context, r *io.SectionReader, o Options) (catalog.Import, error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	if start, _ := buffered.Peek(3); bytes.Equal(start, bomUTF8) {
		_, _ = buffered.Discard(3)
	}
	k := &kikReader{ctx: ctx, dec: json.NewDecoder(buffered), o: o, seen: map[string]bool{}}
	if err := k.object(); err != nil {
		return catalog.Import{}, k.broken(err)
	}
	if k.format != kikFormat {
		return catalog.Import{}, errs.InvalidFields(fmt.Sprintf("Dit is geen %s: het veld format is %q.", kikFormat, k.format),
			errs.Field{Name: "format", Message: "Verwacht " + kikFormat + "."})
	}
	k.dropStrangers()
	k.in.Complete = true
	return k.in, nil
}

// broken explains text that is no JSON; nothing is taken from half a file.
func (k *kikReader) broken(err error) error {
	if errs.KindOf(err) != errs.Internal {
		return err
	}
	if k.ctx.Err() != nil {
		return errs.Wrap(errs.Unavailable, "Het inlezen is gestopt. Probeer het opnieuw.", k.ctx.Err())
	}
	return errs.Wrap(errs.Invalid, fmt.Sprintf("Het bestand is geen heel JSON-bestand: het gaat mis bij teken %d, na %d aanbieders en %d activiteiten. Er is niets ingelezen.",
		k.dec.InputOffset(), len(k.in.Partners), len(k.in.Activities)), err)
}

func (k *kikReader) object() error {
	if err := k.expect('{', "het bestand"); err != nil {
		return err
	}
	for k.dec.More() {
		key, err := k.dec.Token()
		if err != nil {
			return err
		}
		if err := k.member(key.(string)); err != nil {
			return err
		}
	}
	if _, err := k.dec.Token(); err != nil {
		return err
	}
	if _, err := k.dec.Token(); err != io.EOF {
		return fmt.Errorf("text after the last brace: %v", err)
	}
	return nil
}

func (k *kikReader) member(key string) error {
	switch key {
	case "format":
		var format json.RawMessage
		if err := k.dec.Decode(&format); err != nil {
			return err
		}
		if json.Unmarshal(format, &k.format) != nil {
			k.format = string(format[:min(len(format), 40)])
		}
		return nil
	case "partners":
		return k.list(key, k.partner)
	case "activities":
		return k.list(key, k.activity)
	}
	var ignored json.RawMessage
	return k.dec.Decode(&ignored)
}

// list calls take for every record of a list.
func (k *kikReader) list(key string, take func(n int, raw json.RawMessage)) error {
	if err := k.expect('[', key); err != nil {
		return err
	}
	for n := 1; k.dec.More(); n++ {
		if err := k.ctx.Err(); err != nil {
			return err
		}
		var raw json.RawMessage
		if err := k.dec.Decode(&raw); err != nil {
			return err
		}
		take(n, raw)
	}
	_, err := k.dec.Token()
	return err
}

func (k *kikReader) expect(want json.Delim, where string) error {
	got, err := k.dec.Token()
	if err != nil {
		return err
	}
	if got != want {
		return errs.InvalidFields("Dit is geen "+kikFormat+".", errs.Field{Name: where, Message: fmt.Sprintf("Verwacht %q.", want.String())})
	}
	return nil
}

func (k *kikReader) partner(n int, raw json.RawMessage) {
	var p catalog.Partner
	record, wrong := k.decode("aanbieder", n, raw, &p)
	if len(wrong) == 0 {
		wrong = append(k.identity("aanbieder", p.ID), catalog.ValidatePartner(p)...)
	}
	if len(wrong) > 0 {
		refuse(&k.in, record, 0, wrong...)
		return
	}
	k.seen["aanbieder"+p.ID] = true
	k.in.Partners = append(k.in.Partners, p)
}

func (k *kikReader) activity(n int, raw json.RawMessage) {
	var a catalog.Activity
	record, wrong := k.decode("activiteit", n, raw, &a)
	if len(wrong) == 0 {
		wrong = append(k.identity("activiteit", a.ID), catalog.Validate(a)...)
		wrong = append(wrong, catalog.WrongTags(a, k.o.KnownTag)...)
	}
	if len(wrong) > 0 {
		refuse(&k.in, record, 0, wrong...)
		return
	}
	k.seen["activiteit"+a.ID] = true
	k.in.Activities = append(k.in.Activities, a)
}

// identity checks that a record has an id of its own.
func (k *kikReader) identity(sort, id string) []errs.Field {
	switch {
	case id == "":
		return []errs.Field{{Name: "id", Message: "Het veld id ontbreekt. Verwacht een eigen nummer of naam."}}
	case k.seen[sort+id]:
		return []errs.Field{{Name: "id", Message: fmt.Sprintf("Het nummer %q staat er twee keer. De eerste is gehouden.", id)}}
	}
	return nil
}

// decode reads one record into out and gives the name to report it under.
func (k *kikReader) decode(sort string, n int, raw json.RawMessage, out any) (record string, wrong []errs.Field) {
	record = fmt.Sprintf("%s %d", sort, n)
	var name struct {
		ID json.RawMessage `json:"id"`
	}
	var id string
	if json.Unmarshal(raw, &name) == nil && json.Unmarshal(name.ID, &id) == nil && id != "" {
		record = id
	}
	switch {
	case len(raw) > MaxRecord:
		return record, []errs.Field{{Name: sort, Message: fmt.Sprintf("Dit is %d kB; er past %d kB in één record.", len(raw)>>10, MaxRecord>>10)}}
	case !utf8.Valid(raw):
		return record, []errs.Field{{Name: sort, Message: "Hier staan tekens die niet te lezen zijn. Verwacht UTF-8."}}
	case json.Unmarshal(raw, out) != nil:
		return record, faults(raw, out)
	}
	return record, nil
}

// dropStrangers refuses activities of a partner that is not in the file; partners may stand after the activities.
func (k *kikReader) dropStrangers() {
	kept := k.in.Activities[:0]
	for _, a := range k.in.Activities {
		wrong := k.strangers(a)
		if len(wrong) > 0 {
			refuse(&k.in, a.ID, 0, wrong...)
			continue
		}
		kept = append(kept, a)
	}
	k.in.Activities = kept
}

func (k *kikReader) strangers(a catalog.Activity) (wrong []errs.Field) {
	for _, id := range append([]string{a.Partner}, a.Partners...) {
		if id != "" && !k.seen["aanbieder"+id] {
			wrong = append(wrong, errs.Field{Name: "partner", Message: fmt.Sprintf("De aanbieder %q staat niet bij partners, of is geweigerd.", id)})
		}
	}
	return wrong
}

// writeKIK writes one record on a line, in the order given.
func writeKIK(w io.Writer, c Content) error {
	out := bufio.NewWriterSize(w, 1<<16)
	fmt.Fprintf(out, "{\"format\":%q,\n\"partners\":[", kikFormat)
	for i, p := range c.Partners {
		p.SourceHash = ""
		if err := writeRecord(out, i, p); err != nil {
			return err
		}
	}
	_, _ = out.WriteString("],\n\"activities\":[")
	for i, a := range c.Activities {
		a.SourceHash = ""
		if err := writeRecord(out, i, a); err != nil {
			return err
		}
	}
	_, _ = out.WriteString("]}\n")
	return out.Flush()
}

func writeRecord(w *bufio.Writer, i int, record any) error {
	text, err := json.Marshal(record)
	if err != nil {
		return err
	}
	if i > 0 {
		_ = w.WriteByte(',')
	}
	_ = w.WriteByte('\n')
	_, err = w.Write(text)
	return err
}
