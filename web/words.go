package web

import "wijknetwerk/kindinkaart/access"

// roleWord is what a role is called on the screen.
var roleWord = map[access.Role]string{
	access.SMW: "Schoolmaatschappelijk werk", access.Teacher: "Leerkracht", access.IB: "Intern begeleider", access.PartnerRole: "Partner",
	access.TeamLead: "Teamleider", access.CatalogueAdmin: "Beheer aanbod", access.Adviser: "Gebiedsadvies", access.Auditor: "Toezicht",
}

// menus is the menu of each role; the first line is where the role begins.
var menus = map[access.Role][]link{
	access.SMW: {
		{Href: "/trajecten", Label: "Mijn trajecten", Icon: "route"},
		{Href: "/klassen", Label: "Klassen", Icon: "school"},
		{Href: "/catalogus", Label: "Aanbod", Icon: "search"},
		{Href: gapsPath, Label: "Wat mist er?", Icon: "map-pin"},
	},
	access.Teacher:        {{Href: "/klassen", Label: "Klassen", Icon: "school"}, {Href: "/verwijzingen", Label: "Verwijzingen", Icon: "list"}, {Href: "/catalogus", Label: "Aanbod", Icon: "search"}},
	access.IB:             {{Href: "/verwijzingen", Label: "Verwijzingen", Icon: "list"}, {Href: "/klassen", Label: "Klassen", Icon: "school"}, {Href: "/catalogus", Label: "Aanbod", Icon: "search"}},
	access.PartnerRole:    {{Href: "/aanbod", Label: "Mijn aanbod", Icon: "flag"}, {Href: "/catalogus", Label: "Al het aanbod", Icon: "search"}},
	access.TeamLead:       {{Href: "/overzicht", Label: "Overzicht", Icon: "chart-bar"}, {Href: gapsPath, Label: "Wat mist er?", Icon: "map-pin"}, {Href: "/catalogus", Label: "Aanbod", Icon: "search"}},
	access.CatalogueAdmin: {{Href: "/beheer", Label: "Beheer", Icon: "settings"}, {Href: schemesPath, Label: "Regelingen", Icon: "coin"}, {Href: gapsPath, Label: "Wat mist er?", Icon: "map-pin"}, {Href: "/catalogus", Label: "Aanbod", Icon: "search"}},
	access.Adviser:        {{Href: gapsPath, Label: "Wat mist er?", Icon: "map-pin"}, {Href: "/catalogus", Label: "Aanbod", Icon: "search"}},
	access.Auditor:        {{Href: "/catalogus", Label: "Aanbod", Icon: "search"}},
}

// words gives the Dutch of ids that stand on screens, by kind.
var words = map[string]map[string]string{
	"kolom": {"begin": "Kennismaken", "kiezen": "Kiezen", "regelen": "Regelen", "proberen": "Proberen", "meedoen": "Doet mee", "klaar": "Klaar"},
	"stage": {
		"aangemeld": "Aangemeld", "eerste_consult": "Eerste gesprek", "toestemming": "Toestemming vragen", "profiel": "Vragen stellen",
		"zoeken": "Samen zoeken", "keuze": "Keuze van het kind", "regelen": "Drempels regelen", "contact": "Contact met aanbieder",
		"wachtlijst": "Wachtlijst", "proefles": "Proefles", "ingeschreven": "Ingeschreven", "deelname": "Doet mee", "bestendigd": "Blijft meedoen",
		"gestopt": "Gestopt", "zelf_geregeld": "Gezin regelt het zelf", "doorverwezen": "Doorverwezen", "geen_aanbod": "Geen passend aanbod",
		"ingetrokken": "Toestemming ingetrokken", "afgerond": "Afgerond",
	},
	"source": {
		"school": "School", "ouder": "Ouder of verzorger", "jongere": "Jongere zelf", "jeugdteam_wijkteam": "Jeugdteam of wijkteam", "jgz": "Jeugdgezondheidszorg",
		"poh": "Praktijkondersteuner huisarts", "swv": "Samenwerkingsverband", "andere_partner": "Andere partner", "klassikaal": "Klassikale afname",
	},
	"reason": {
		"vrije_tijd": "Iets leuks voor na school", "vriendjes": "Vriendjes maken", "bewegen": "Meer bewegen", "talent": "Verder met een talent",
		"meedoen": "Meedoen in de wijk", "thuis_vraag": "Vraag van thuis",
	},
	"stop": {
		"niet_leuk": "Vond het niet leuk", "geen_klik_groep": "Geen klik met de groep", "te_ver": "Te ver", "vervoer_weggevallen": "Vervoer viel weg",
		"te_duur": "Te duur", "fonds_gestopt": "Fonds is gestopt", "tijden": "Tijden passen niet", "thuis_ritme": "Thuis lukte het ritme niet",
		"gezondheid": "Gezondheid", "verhuisd": "Verhuisd", "schoolwissel": "Naar een andere school", "aanbod_gestopt": "Activiteit is gestopt", "vol": "Vol",
		"andere_activiteit_gekozen": "Andere activiteit gekozen", "onbekend": "Onbekend",
	},
	"certainty": {"bevestigd": "bevestigd", "verwacht": "verwachten we", "mogelijk": "misschien", "nee": "helpt hier niet"},
	"destination": {
		"jeugdteam_wijkteam": "Jeugdteam of wijkteam", "cjg": "CJG", "jgz": "Jeugdgezondheidszorg", "huisarts_poh": "Huisarts of praktijkondersteuner",
		"swv": "Samenwerkingsverband", "school": "School", "andere_partner": "Andere partner",
	},
	"purpose": {
		"profiel": "Vragen beantwoorden en samen zoeken", "toegankelijkheid": "Vertellen wat nodig is om mee te kunnen doen",
		"delen_aanbieder": "Delen met de gekozen aanbieder", "delen_school": "Delen met school", "meting": "Meten of het helpt",
	},
	"by":       {"ouder": "Ouder of verzorger", "jongere": "De jongere zelf", "kind": "Het kind"},
	"capacity": {"gezag": "Heeft gezag", "gezag_mede_namens": "Heeft gezag, ook namens de andere ouder", "zelf": "Voor zichzelf"},
	"how":      {"gesprek": "In een gesprek", "papier": "Op papier", "scherm": "Op het scherm"},
	"helped":   {"alleen": "Kind alleen", "smw": "Met mij erbij", "ouder": "Met een ouder erbij", "leerkracht": "Met de leerkracht erbij"},
	"level":    {"zelf": "Gezin regelt het zelf", "licht": "Een beetje hulp", "hand": "Aan de hand mee"},
	"mode":     {"walk": "lopen", "bike": "fietsen", "transit": "met het ov", "car": "met de auto"},
	"group":    {"kan_zo": "Kan zo", "kan_met_hulp": "Kan met hulp", "kan_nu_niet": "Kan nu niet"},
	"band":     {"past_goed": "past goed", "past": "past", "misschien": "past misschien"},
	"weekday":  {"ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag", "za": "zaterdag", "zo": "zondag"},
	"who":      {"smw": "smw’er", "ouder": "ouder", "kind": "kind", "aanbieder": "aanbieder", "vrijwilliger": "vrijwilliger"},
	"mee": {
		"alleen": "Alleen", "ouder": "Vader, moeder of verzorger", "vriend": "Vriend of vriendin", "familie": "Broer, zus, neef of nicht",
		"smw": "De smw’er", "weet_niet": "Weet ik nog niet",
	},
	"talk":          {"zoeken_duurt": "Het zoeken duurt langer", "regelen_duurt": "Het regelen duurt langer", "opnieuw_begonnen": "We beginnen opnieuw", "gezin_vraagt": "Het gezin vraagt erom"},
	"notice":        {"fonds": "coin", "bericht": "message-circle", "gesprekken": "users", "bewaartijd": "trash", "overdracht": "heart-handshake"},
	"check":         {"doet_mee": "Doet mee", "weet_niet": "Weet ik niet", "gestopt": "Gestopt"},
	"fun":           {"ja": "Leuk", "gaat_wel": "Gaat wel", "nee": "Niet leuk"},
	"effect":        {"lifts": "lost het op", "lifts_unknown": "geeft antwoord", "redirects": "wijst naar iets anders", "supports": "helpt"},
	"part_of_score": {"interesse": "Vindt het leuk", "reistijd": "Reistijd", "kosten": "Kosten", "drempels": "Te regelen", "voorkeur": "Voorkeur", "gekozen_woord": "Eigen woorden"},
	"state":         {"yes": "staat in de weg", "unknown": "weten we nog niet"},
	"domain": {"sport": "Sport", "cultuur": "Muziek, dans en kunst", "zwemles": "Zwemles", "natuur": "Natuur en dieren", "techniek": "Techniek en computers",
		"sociaal": "Samen zijn", "zorg": "Koken en zorgen", "cjg": "Ouders en groei"},
	"audience": {"child": "Kinderen en jongeren", "parent_child": "Ouder en kind samen", "family": "Het hele gezin", "parent": "Ouders", "staff": "Medewerkers"},
	"groep":    {"mixed": "Iedereen", "girls": "Alleen meisjes", "boys": "Alleen jongens", "parent_child": "Ouder en kind"},
	"ages":     {"4-5": "4 en 5 jaar", "6-8": "6 tot en met 8 jaar", "9-12": "9 tot en met 12 jaar", "0-": "Alle leeftijden", "anders": "Anders"},
	"per":      {"once": "één keer", "year": "per jaar", "season": "per seizoen", "quarter": "per kwartaal", "month": "per maand", "time": "per keer"},
	"tri":      {"ja": "Ja", "nee": "Nee", "onbekend": "Weet ik niet"},
	"via":      {"app": "Met een app", "formulier": "Met een formulier", "telefoon": "Bellen", "langskomen": "Gewoon langskomen"},
	"cost": {"contributie": "Contributie", "lesgeld": "Lesgeld", "inschrijfgeld": "Inschrijfgeld", "tenue": "Tenue", "kleding": "Kleding", "attributen": "Spullen",
		"instrumenthuur": "Huur instrument", "diplomakosten": "Diploma", "kamp": "Kamp", "ov": "Openbaar vervoer", "fiets": "Fiets", "schoolspullen": "Schoolspullen",
		"laptop": "Laptop", "sporthulpmiddel": "Hulpmiddel voor sport"},
	"partnerkind": {"sportclub": "Sportclub", "cultuur": "Cultuur", "cjg": "CJG", "scouting": "Scouting", "buurthuis": "Buurthuis", "school": "School", "geloof": "Kerk of moskee",
		"zwembad": "Zwembad", "bibliotheek": "Bibliotheek", "jongerenwerk": "Jongerenwerk", "natuur": "Natuur", "overig": "Anders"},
	"part": {"ochtend": "ochtend", "middag": "na school", "vooravond": "begin van de avond", "avond": "avond"},
	"taal": {"nl": "Nederlands", "en": "Engels", "tr": "Turks", "ar": "Arabisch", "pl": "Pools", "pap": "Papiaments"},
}

// word gives the Dutch of an id; an id without a word is shown as it is.
func word(kind, id string) string {
	if w, ok := words[kind][id]; ok {
		return w
	}
	return id
}

// options makes the choices of a field from a kind of words, in the given order.
func options(kind string, ids ...string) []option {
	out := make([]option, len(ids))
	for i, id := range ids {
		out[i] = option{Value: id, Label: word(kind, id)}
	}
	return out
}
