package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

//go:embed static
var static embed.FS

//go:embed pictograms.json
var pictogramData []byte

// assetSums holds a short hash of every static file: it is in the address, so a browser may keep the file for ever.
var assetSums = sumAssets()

func sumAssets() map[string]string {
	sums := map[string]string{}
	err := fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := static.ReadFile(name)
		sum := sha256.Sum256(b)
		sums[strings.TrimPrefix(name, "static/")] = hex.EncodeToString(sum[:6])
		return err
	})
	if err != nil {
		panic("web: static files: " + err.Error()) // embedded, cannot fail in a built program
	}
	return sums
}

// asset gives the address of a static file.
func asset(name string) (string, error) {
	sum, ok := assetSums[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return "/static/" + name + "?v=" + sum, nil
}

// icon draws an interface icon of static/icons.svg. It is decoration: the words are beside it.
func icon(name string) (template.HTML, error) {
	src, err := asset("icons.svg")
	if err != nil {
		return "", err
	}
	return template.HTML(`<svg class="kik-icon" aria-hidden="true" focusable="false"><use href="` + src + `#` + template.HTMLEscapeString(name) + `"></use></svg>`), nil
}

// pictograms maps our words to OpenMoji files, by kind: hint, tag, domain, animal, other.
var pictograms = readPictograms()

func readPictograms() map[string]map[string]string {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(pictogramData, &raw); err != nil {
		panic("web: pictograms.json: " + err.Error()) // embedded, a test reads it too
	}
	out := map[string]map[string]string{}
	for kind, body := range raw {
		var m map[string]string
		if json.Unmarshal(body, &m) == nil {
			out[kind] = m
		}
	}
	return out
}

// picto draws a pictogram by kind and word; an unknown word gives a plain star. The word itself stands beside it.
func picto(kind, word string) (template.HTML, error) {
	file, ok := pictograms[kind][word]
	if !ok {
		file = pictograms["other"]["ster"]
	}
	src, err := asset("pic/" + file + ".svg")
	if err != nil {
		return "", err
	}
	return template.HTML(`<img class="kik-picto" src="` + template.HTMLEscapeString(src) + `" alt="" width="72" height="72" loading="lazy">`), nil
}

func (s *Server) staticRoutes() {
	s.app.Get("/static/theme.css", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
		return c.Send(s.ThemeCSS)
	})
	s.app.Get("/static/*", s.staticFile)
}

// staticFile sends an embedded file. With its hash in the address it may be kept for a year.
func (s *Server) staticFile(c *fiber.Ctx) error {
	name := c.Params("*")
	sum, ok := assetSums[name]
	if !ok {
		return fiber.ErrNotFound
	}
	b, err := static.ReadFile("static/" + name)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, mimeOf(name))
	c.Set(fiber.HeaderETag, `"`+sum+`"`)
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	if c.Query("v") == sum {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	if c.Get(fiber.HeaderIfNoneMatch) == `"`+sum+`"` {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	if small := packed(name, b); small != nil && strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(small)
	}
	return c.Send(b)
}

// packedAssets keeps the compressed static files: each is made once, when it is first asked for.
var packedAssets sync.Map

// packed gives a file compressed, nil when that does not make it smaller.
func packed(name string, b []byte) []byte {
	if kept, ok := packedAssets.Load(name); ok {
		return kept.([]byte)
	}
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(b)
	var small []byte
	if cerr := w.Close(); err == nil && cerr == nil && out.Len() < len(b) {
		small = out.Bytes()
	}
	packedAssets.Store(name, small)
	return small
}

func mimeOf(name string) string {
	switch path.Ext(name) {
	case ".svg":
		return "image/svg+xml"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "text/plain; charset=utf-8"
}
