// Package web is the web application: routes, pages and the Dutch text on them. It is the only package that knows
// fiber. It decides nothing about children: services do that, and it shows what they say.
//
// # The way of a request
//
// [New] builds the app. Every request passes, in this order: the guard (headers, request id, log line, recover), the
// check on text (NUL and broken UTF-8 give 400), the CSRF check on everything but GET and HEAD, then the route: session,
// role, handler. A handler gives (reply, error) and writes nothing itself; errors.go turns every error into one Dutch
// page, or into problem+json under /api.
//
// # To add a page
//
//  1. Write templates/NAME.html with {{define "main"}} … {{end}}. It gets a view: .Data is your struct, .Title the title,
//     .Form what was typed. Partials are in templates/part: {{template "text" args "V" $ "Name" "voornaam" "Label" "Voornaam"}}.
//     Every form with method post begins with {{template "safe" $}}: the CSRF token and the key against double sending.
//     No style attributes and no inline script: the content security policy refuses them.
//  2. Write a file NAME.go with one struct for the page and a handler func (s *Server) name(r *request) (reply, error)
//     that ends in page("NAME", "Title", data), see("/path") or an error of package errs.
//  3. Add a route to the list in that file and, for a new file, the list to allRoutes in route.go. The roles of the route are the
//     first lock; access.Can in the service is the second.
//  4. Add the row to testdata/routes.txt (method, path, roles): TestEveryRouteIsInTheTable fails until you do.
//  5. Write a test over app.Test with a fake service (fake_test.go), and look at the page: KIK_LOOK=1 go test -run Look ./web.
//
// A form that is not right: give r.again("NAME", "Title", data, err) and the page comes back with status 422, what was typed,
// a summary that links to the fields and a title that begins with "Fout:". A creating post calls r.once() first.
//
// # Looks
//
// static/app.css has the tokens (--kik-…) on top; a municipality may replace them with Deps.ThemeCSS. Components use the
// class names of NL Design System (utrecht-button, utrecht-form-field) where they exist and kik- for our own.
// static/kaart.css draws the map (map.go, mapground.go). A page that can be read aloud puts {{template "read-script"}} in its head
// and {{template "read-aloud" "h1, .reasons li"}} where the button belongs; static/voorlees.mjs does the reading.
// {{icon "home"}} draws an interface icon, {{picto "hint" "voetbal"}} a pictogram of pictograms.json (hint, tag, domain, animal).
package web
