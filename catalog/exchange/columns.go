package exchange

import (
	"strings"

	"wijknetwerk/catalog"
)

// level says what a column is about: rows of one activity share the values of its partner and of itself.
type level int

const (
	ofPartner level = iota
	ofActivity
	ofSlot
)

// column is one column of the tables: its name, what else people call it, and how it is read and written. docs/formaten.md
// lists the same columns for people; a test keeps them equal.
type column struct {
	name     string
	level    level
	aliases  string // separated by spaces; _ stands for a space
	help     string
	examples [2]string
	field    field
}

// field reads a cell into a draft and writes it back.
type field struct {
	set func(d *draft, cell string) error
	get func(d *draft) string
}

// draft is one row being read or written.
type draft struct {
	partner  *catalog.Partner
	activity *catalog.Activity
	slot     *catalog.Slot
	ages     []ageRange // when the cell names more than one
	when     string     // days and times as written
	tagOf    func(string) string
}

var columns = []column{
	{"id", ofActivity, "nummer activiteit_id code", "eigen nummer van het aanbod; mag leeg", [2]string{"# voorbeeld 1", "# voorbeeld 2"}, text(func(d *draft) *string { return &d.activity.ID })},
	{"aanbieder", ofPartner, "organisatie club vereniging partner aanbieder_naam naam_aanbieder naam_organisatie", "naam van de club of organisatie", [2]string{"Sportclub De Vlieger", "Buurthuis De Zeepkist"}, text(func(d *draft) *string { return &d.partner.Name })},
	{"titel", ofActivity, "naam activiteit naam_activiteit title aanbod", "hoe het heet", [2]string{"Basketbal voor beginners", "Samen koken"}, text(func(d *draft) *string { return &d.activity.Title })},
	{"omschrijving", ofActivity, "beschrijving tekst toelichting description", "wat je er doet, in een paar zinnen", [2]string{"Leren dribbelen, passen en scoren.", "We koken en eten samen."}, text(func(d *draft) *string { return &d.activity.Text })},
	{"domein", ofActivity, "soort categorie soort_activiteit", "sport, cultuur, zwemles, natuur, techniek, sociaal, zorg of cjg", [2]string{"sport", "sociaal"}, choice(same(catalog.Domains), func(d *draft) *string { return &d.activity.Domain })},
	{"tags", ofActivity, "onderwerpen onderwerp trefwoorden tag", "onderwerpen, met een komma ertussen", [2]string{"basketbal", "koken_bakken"}, tagsField},
	{"doelgroep", ofActivity, "voor_wie", "kind, ouder, ouder en kind, gezin of medewerker", [2]string{"kind", "kind"}, choice(audienceWords, func(d *draft) *string { return &d.activity.Audience })},
	{"leeftijd", ofActivity, "leeftijden leeftijdsgroep voor_welke_leeftijd", "8-12, vanaf 6 jaar, groep 3 t/m 8, alle leeftijden", [2]string{"8-12", "vanaf 9 jaar"}, agesField},
	{"dag", ofSlot, "dagen weekdag wanneer", "ma, woensdag, ma en do, iedere 2e zaterdag van de maand, in overleg", [2]string{"woensdag", "ma en do"}, dayField},
	{"begin", ofSlot, "begintijd starttijd aanvang start tijd_begin", "15:30", [2]string{"15:30", "16:00"}, clock(func(d *draft) *catalog.Clock { return &d.slot.Start })},
	{"eind", ofSlot, "eindtijd einde tijd_eind", "16:30", [2]string{"16:30", "17:30"}, clock(func(d *draft) *catalog.Clock { return &d.slot.End })},
	{"tijd", ofSlot, "tijden tijdstip dag_en_tijd dagen_en_tijden", "in plaats van dag, begin en eind: ma en do 18:30-19:45", [2]string{"", ""}, whenField},
	{"datums", ofSlot, "datum data", "losse dagen: 8-9-2025, 15-9-2025", [2]string{"", ""}, datesField},
	{"locatie", ofSlot, "plek gebouw zaal waar locatie_naam", "naam van de plek", [2]string{"Sporthal De Hoek", "Buurthuis De Zeepkist"}, text(func(d *draft) *string { return &d.slot.Location.Name })},
	{"straat", ofSlot, "adres straat_en_nummer", "straat en nummer", [2]string{"Voorbeeldstraat 12", "Kadeplein 3"}, text(func(d *draft) *string { return &d.slot.Location.Street })},
	{"postcode", ofSlot, "pc", "3072 AB", [2]string{"3072 AB", "3074 CD"}, postcodeField},
	{"plaats", ofSlot, "woonplaats stad gemeente", "stad of dorp", [2]string{"Rotterdam", "Rotterdam"}, text(func(d *draft) *string { return &d.slot.Location.Place })},
	{"lat", ofSlot, "latitude breedtegraad", "plek op de kaart, mag leeg", [2]string{"", ""}, degree(func(d *draft) *float64 { return &d.slot.Location.Lat })},
	{"lon", ofSlot, "longitude lengtegraad lng", "plek op de kaart, mag leeg", [2]string{"", ""}, degree(func(d *draft) *float64 { return &d.slot.Location.Lon })},
	{"kosten", ofActivity, "prijs contributie tarief bedrag", "€ 185 per seizoen contributie; € 15 inschrijfgeld, of gratis", [2]string{"€ 185,00 per seizoen contributie; € 15,00 inschrijfgeld", "gratis"}, costsField},
	{"korting", ofActivity, "kansentarief minimatarief", "laag inkomen: € 100 per jaar; pas: € 2 per keer", [2]string{"laag inkomen: € 90,00 per seizoen contributie", ""}, reducedField},
	{"termijnen", ofActivity, "betalen_in_termijnen", "ja, nee of onbekend", [2]string{"ja", ""}, tri(func(d *draft) *catalog.Tri { return &d.activity.Instalments })},
	{"proeflessen", ofActivity, "gratis_proeflessen aantal_proeflessen", "hoe vaak proberen gratis is", [2]string{"2", ""}, count0(func(d *draft) *int { return &d.activity.Trial.FreeLessons })},
	{"gratis_proberen", ofActivity, "gratis_proefles proefles", "ja, nee of onbekend", [2]string{"ja", "ja"}, tri(func(d *draft) *catalog.Tri { return &d.activity.Trial.Free })},
	{"uitrusting_lenen", ofActivity, "spullen_lenen uitleen", "ja, nee of onbekend", [2]string{"ja", ""}, tri(func(d *draft) *catalog.Tri { return &d.activity.LendsKit })},
	{"meenemen", ofActivity, "meebrengen", "wat je meeneemt, met een komma ertussen", [2]string{"sportkleren, flesje water", ""}, list(func(d *draft) *[]string { return &d.activity.Bring })},
	{"plekken", ofSlot, "capaciteit aantal_plekken max_deelnemers", "hoeveel er mee kunnen doen", [2]string{"16", "12"}, countOrNil(func(d *draft) **int { return &d.slot.Capacity })},
	{"ingeschreven", ofSlot, "deelnemers bezet aantal_deelnemers", "hoeveel er al meedoen", [2]string{"9", "5"}, count0(func(d *draft) *int { return &d.slot.Enrolled })},
	{"wachtlijst", ofSlot, "", "ja als je op een wachtlijst kunt", [2]string{"", ""}, yesNo(func(d *draft) *bool { return &d.slot.Waitlist.Open })},
	{"wachtenden", ofSlot, "aantal_wachtenden", "hoeveel er wachten", [2]string{"", ""}, count0(func(d *draft) *int { return &d.slot.Waitlist.Count })},
	{"ledenstop", ofSlot, "", "ja als er niemand bij kan", [2]string{"", ""}, yesNo(func(d *draft) *bool { return &d.slot.MembershipStop })},
	{"ophaaldienst", ofSlot, "halen_en_brengen", "ja, nee of onbekend", [2]string{"", ""}, tri(func(d *draft) *catalog.Tri { return &d.slot.Pickup })},
	{"rolstoel", ofActivity, "rolstoeltoegankelijk drempelvrij", "ja, nee of onbekend", [2]string{"ja", "ja"}, tri(func(d *draft) *catalog.Tri { return &d.activity.Access.StepFree })},
	{"toilet", ofActivity, "aangepast_toilet", "ja, nee of onbekend", [2]string{"", ""}, tri(func(d *draft) *catalog.Tri { return &d.activity.Access.Toilet })},
	{"prikkelarm", ofActivity, "rustig", "ja, nee of onbekend", [2]string{"nee", "ja"}, tri(func(d *draft) *catalog.Tri { return &d.activity.Access.LowStimulus })},
	{"extra_begeleiding", ofActivity, "begeleiding_mogelijk", "ja, nee of onbekend", [2]string{"", ""}, tri(func(d *draft) *catalog.Tri { return &d.activity.Access.ExtraSupport })},
	{"aangepast", ofActivity, "aangepaste_groep", "ja, nee of onbekend", [2]string{"", ""}, tri(func(d *draft) *catalog.Tri { return &d.activity.Access.Adapted })},
	{"zwemdiploma", ofActivity, "", "nodig diploma: A, AB of ABC", [2]string{"", ""}, choice(same(catalog.SwimMins), func(d *draft) *string { return &d.activity.Conditions.SwimMin })},
	{"aanmelden_via", ofActivity, "aanmelden inschrijven_via", "app, formulier, telefoon, langskomen", [2]string{"telefoon, formulier", "langskomen"}, listOfChoices(catalog.RegistrationVias, func(d *draft) *[]string { return &d.activity.Registration.Via })},
	{"digid", ofActivity, "digid_nodig", "ja, nee of onbekend", [2]string{"nee", "nee"}, tri(func(d *draft) *catalog.Tri { return &d.activity.Registration.DigiD })},
	{"contact", ofActivity, "contactpersoon", "vaste persoon van dit aanbod", [2]string{"", ""}, text(func(d *draft) *string { return &d.activity.Contact.Name })},
	{"telefoon", ofActivity, "tel telefoonnummer", "telefoon van die persoon", [2]string{"", ""}, text(func(d *draft) *string { return &d.activity.Contact.Phone })},
	{"email", ofActivity, "e-mail mail e-mailadres emailadres", "e-mail van die persoon", [2]string{"", ""}, text(func(d *draft) *string { return &d.activity.Contact.Email })},
	{"website", ofActivity, "url link", "adres van de website", [2]string{"", ""}, text(func(d *draft) *string { return &d.activity.Contact.URL })},
	{"groep", ofActivity, "groep_samenstelling", "gemengd, meisjes, jongens of ouder en kind", [2]string{"gemengd", ""}, choice(groupWords, func(d *draft) *string { return &d.activity.Group })},
	{"talen", ofActivity, "taal voertaal voertalen", "nl, tr, ar, …", [2]string{"nl", "nl"}, languagesField},
	{"tolk", ofActivity, "tolk_mogelijk", "ja, nee of onbekend", [2]string{"", ""}, tri(func(d *draft) *catalog.Tri { return &d.activity.Interpreter })},
	{"soort_plek", ofActivity, "", "sporthal, buurthuis, plein, …", [2]string{"sporthal", "buurthuis"}, text(func(d *draft) *string { return &d.activity.VenueKind })},
	{"binnen_buiten", ofActivity, "", "binnen, buiten of allebei", [2]string{"binnen", "binnen"}, choice(settingWords, func(d *draft) *string { return &d.activity.Setting })},
	{"inspanning", ofActivity, "", "druk, rustig of allebei", [2]string{"druk", "rustig"}, choice(intensityWords, func(d *draft) *string { return &d.activity.Intensity })},
	{"groepsgrootte", ofActivity, "", "alleen, samen, klein of team", [2]string{"team", "klein"}, choice(sizeWords, func(d *draft) *string { return &d.activity.GroupSize })},
	{"op_school", ofActivity, "bij_school", "ja, nee of onbekend", [2]string{"nee", "nee"}, tri(func(d *draft) *catalog.Tri { return &d.activity.AtSchool })},
	{"broertje_zusje", ofActivity, "", "mag mee: ja, nee of onbekend", [2]string{"", ""}, tri(func(d *draft) *catalog.Tri { return &d.activity.Siblings })},
	{"oppas", ofActivity, "oppas_aanwezig", "ja, nee of onbekend", [2]string{"", ""}, tri(func(d *draft) *catalog.Tri { return &d.activity.Childcare })},
	{"afwezig_mag", ofActivity, "", "om de week komen mag: ja, nee of onbekend", [2]string{"", ""}, tri(func(d *draft) *catalog.Tri { return &d.activity.AbsenceOK })},
	{"medische_afspraak", ofActivity, "", "afspraak over gezondheid kan: ja, nee of onbekend", [2]string{"", ""}, tri(func(d *draft) *catalog.Tri { return &d.activity.MedicalPlan })},
	{"plaats_is_voor", ofActivity, "eenheid", "één plek is voor een kind of een stel", [2]string{"", ""}, choice(unitWords, func(d *draft) *string { return &d.activity.Unit })},
	{"leeftijd_op", ofActivity, "peildatum leeftijd_peildatum", "start, 1 maart of kalenderjaar", [2]string{"", ""}, choice(referenceWords, func(d *draft) *string { return &d.activity.AgeReference })},
	{"geldig_van", ofActivity, "begindatum startdatum", "eerste dag", [2]string{"1-9-2025", "1-9-2025"}, date(dateActivityFrom)},
	{"geldig_tot", ofActivity, "einddatum", "laatste dag", [2]string{"10-7-2026", "10-7-2026"}, date(dateActivityTo)},
	{"tijd_van", ofSlot, "", "eerste dag van deze tijd, als die anders is", [2]string{"", ""}, date(dateSlotFrom)},
	{"tijd_tot", ofSlot, "", "laatste dag van deze tijd, als die anders is", [2]string{"", ""}, date(dateSlotTo)},
	{"bevestigd_op", ofActivity, "gecontroleerd_op", "dag waarop dit nog klopte", [2]string{"", ""}, date(dateConfirmed)},
	{"status", ofActivity, "", "zichtbaar, concept, pauze, gestopt of in voorbereiding; leeg is zichtbaar", [2]string{"", ""}, stateField},
	{"aanbieder_id", ofPartner, "partner_id organisatie_id", "eigen nummer van de aanbieder; mag leeg", [2]string{"", ""}, text(func(d *draft) *string { return &d.partner.ID })},
	{"aanbieder_soort", ofPartner, "soort_aanbieder soort_organisatie", "sportclub, cultuur, cjg, scouting, buurthuis, school, geloof, zwembad, bibliotheek, jongerenwerk, natuur, overig", [2]string{"sportclub", "buurthuis"}, kindField},
	{"aanbieder_contact", ofPartner, "contactpersoon_aanbieder", "vaste persoon van de aanbieder", [2]string{"", ""}, text(func(d *draft) *string { return &d.partner.Contact.Name })},
	{"aanbieder_telefoon", ofPartner, "telefoon_aanbieder", "telefoon van de aanbieder", [2]string{"", ""}, text(func(d *draft) *string { return &d.partner.Contact.Phone })},
	{"aanbieder_email", ofPartner, "email_aanbieder", "e-mail van de aanbieder", [2]string{"", ""}, text(func(d *draft) *string { return &d.partner.Contact.Email })},
	{"aanbieder_website", ofPartner, "website_aanbieder", "website van de aanbieder", [2]string{"", ""}, text(func(d *draft) *string { return &d.partner.Contact.URL })},
	{"vog", ofPartner, "vog_beleid", "ja, nee of onbekend", [2]string{"ja", "ja"}, tri(func(d *draft) *catalog.Tri { return &d.partner.Safety.VOG })},
	{"vertrouwenspersoon", ofPartner, "vertrouwenscontactpersoon", "ja, nee of onbekend", [2]string{"ja", "ja"}, tri(func(d *draft) *catalog.Tri { return &d.partner.Safety.Confidant })},
	{"veiligheid_op", ofPartner, "verklaard_op", "dag van die verklaring", [2]string{"1-6-2025", "1-6-2025"}, date(dateDeclared)},
	{"erkend_door_fonds", ofPartner, "jeugdfonds", "ja, nee of onbekend", [2]string{"ja", ""}, tri(func(d *draft) *catalog.Tri { return &d.partner.RecognisedByFund })},
	{"tijd_id", ofSlot, "slot_id", "eigen nummer van deze tijd; mag leeg", [2]string{"", ""}, text(func(d *draft) *string { return &d.slot.ID })},
	{"mede_aanbieders", ofActivity, "partners", "nummers van andere aanbieders, met een komma ertussen", [2]string{"", ""}, list(func(d *draft) *[]string { return &d.activity.Partners })},
}

// byName finds a column by a heading as people write it.
var byName = indexColumns()

func indexColumns() map[string]int {
	out := map[string]int{}
	for i, c := range columns {
		out[plainHeading(c.name)] = i
		for alias := range strings.FieldsSeq(c.aliases) {
			out[plainHeading(alias)] = i
		}
	}
	return out
}

// plainHeading leaves case, spaces, dashes, underscores and signs out of a heading.
func plainHeading(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

func columnIndex(heading string) (int, bool) {
	i, ok := byName[plainHeading(heading)]
	return i, ok
}
