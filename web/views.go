package web

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
)

//go:embed all:templates
var templates embed.FS

// views holds one set of templates per page: the layout and the parts, cloned, with the page in it.
type views struct{ pages map[string]*template.Template }

// loadViews reads every page and runs each once with nothing in it, so that a broken template is found at the start and not
// by a visitor. Missing data is no fault here; a template that does not parse or escape is.
func loadViews(files fs.FS, funcs template.FuncMap) (*views, error) {
	base, err := template.New("layout").Funcs(funcs).ParseFS(files, "templates/layout.html", "templates/part/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: layout: %w", err)
	}
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	v := &views{pages: map[string]*template.Template{}}
	for _, file := range names {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if name == "layout" {
			continue
		}
		if v.pages[name], err = loadPage(base, files, file); err != nil {
			return nil, fmt.Errorf("web: page %s: %w", name, err)
		}
	}
	return v, nil
}

func loadPage(base *template.Template, files fs.FS, file string) (*template.Template, error) {
	t, err := base.Clone()
	if err != nil {
		return nil, err
	}
	if t, err = t.ParseFS(files, file); err != nil {
		return nil, err
	}
	if t.Lookup("main") == nil {
		return nil, errors.New(`has no {{define "main"}}`)
	}
	var broken *template.Error
	if err := t.ExecuteTemplate(io.Discard, "layout", view{}); errors.As(err, &broken) {
		return nil, broken
	}
	return t, nil
}

// render writes a page, or with page#block only one block of it.
func (v *views) render(w io.Writer, name string, data view) error {
	name, block, part := strings.Cut(name, "#")
	t, ok := v.pages[name]
	if !ok {
		return fmt.Errorf("web: no page %q", name)
	}
	if !part {
		block = "layout"
	}
	return t.ExecuteTemplate(w, block, data)
}
