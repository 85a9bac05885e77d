"""What the sample workbooks say. Wexmouth and everyone in it are invented."""

from __future__ import annotations

PANEL = "Children and Learning Scrutiny Panel"
PANEL_PAPER = "Scrutiny Monitoring – 14 January 2027"

LONG_UPDATE = (
    "The review of school transport is complete and its findings were shared with the Panel's members on 2 December. "
    "Officers rode on eleven of the fourteen routes in the second half of the autumn term, met drivers and passenger "
    "assistants from all four contractors, and read every complaint received since September 2024. The picture is a "
    "mixed one. Punctuality in the morning has improved on all but two routes since the timetable was changed, and the "
    "number of complaints has fallen by a third. The afternoon service is less reliable, chiefly because the works on "
    "Quayside Road hold up the three routes that leave the city by the north bridge. The main findings are: "
    "• Morning arrivals were on time on 94% of days, against 88% in the year before. "
    "• Afternoon departures were on time on 81% of days; on the three northern routes the figure was 63%. "
    "• Parents are told of delays by text message on nine routes only, and on the other five they learn of them when "
    "the bus does not come. "
    "• Passenger assistants have all completed their safeguarding training, and nine of the thirty-one are due to "
    "repeat it before Easter. "
    "• No contractor holds a written plan for a breakdown with pupils on board, although all could describe one. "
    "The contractors have agreed to extend text messages to all fourteen routes by the start of the summer term, and to "
    "submit written breakdown plans for approval by the end of February. The Highways team will phase the lights at the "
    "north bridge in favour of the afternoon routes while the works last. The cost of the text messages, some £4,200 a "
    "year, will be met from the existing budget. Drivers asked for a place to wait out of the traffic at the two schools "
    "on Marsh Lane, where coaches now stand on the carriageway, and both head teachers have offered part of their car "
    "parks between three o'clock and a quarter to four. Parents asked above all to hear of a change of driver before the "
    "day itself; the contractors will send a name and a photograph by the Friday before, as two of them already do. "
    "A further report will come to the Panel once a full term has been run"
)

# (date, title, action, update, status); a row with neither date, title nor action continues the row above.
PANEL_ROWS = [
    ("24/09/26", "School Transport Review", "That the findings of the review of school transport are shared with the Panel when it is complete.", LONG_UPDATE, "Completed"),
    ("", "", "", "under the new arrangements.", ""),
    ("", "", "2) That parents are told in good time of any change to a route in the autumn term.", "All parents of pupils on the four routes that changed were written to on 20 August, and a notice was placed at https://www.wexmouth.example/school-transport", "Completed"),
    ("", "", "3) That the Panel is told how many pupils travel by taxi, and at what cost.", "", "In progress"),
    ("24/09/26", "Early Help Performance", "That the waiting times for an early help assessment are reported to the Panel each quarter, for each part of the city.", "The first quarterly table was circulated on 30 October. Waiting times have fallen in the east and centre and have risen in the west:\n\uf0b7\tEast: 14 working days, down from 19\n\uf0b7\tCentre: 16 working days, down from 22\n\uf0b7\tWest: 27 working days, up from 21\nTwo posts in the west team have been vacant since July. Interviews were held on 12 November and both posts are filled from January.", "Ongoing"),
    ("", "", "That officers explain why referrals from health visitors have fallen.", "Officers met the health visiting service in October. Referrals are now made through the children's front door and so are counted elsewhere; the total has not fallen.", ""),
    ("5 November 2026", "Education Attainment 2026", "That the provisional results at Key Stage 4 are compared with those of the council's statistical neighbours.", "TBC", ""),
    ("", "", "That schools with high rates of suspension are invited to describe what they have changed.", "Three schools have accepted and will attend the meeting in March. A fourth has asked to send a written account.", "In progress"),
    ("HEADINGS", "", "", "", ""),
    ("05.11.26", "Short Breaks for Disabled Children", "That the Panel visits the new short breaks centre at Tern House once it is open.", "The visit is arranged for 26 February 2027, from 10am. Members who wish to come are asked to tell the clerk at scrutiny@wexmouth.example by 12 February.", "In progress"),
    ("", "", "That families are asked what they think of the booking system after its first three months.", "A survey of 140 families closed on 4 December. Replies came from 61 of them, and are now being read; the", "In progress"),
    ("", "", "", "results will be sent to members with the agenda for March.", ""),
    ("", "", "", "Families who did not reply are being telephoned.", ""),
    ("", "", "That the charity which ran the former centre is thanked for its work.", "A letter was sent by the Chair on 16 November.", "Completed"),
    ("05.11.26", "Children's Centres: Opening Hours", "That the effect of the shorter opening hours is reported after six months.", "The shorter hours began on 1 October, so that six months end on 31 March 2027. Visits are counted weekly at all five centres and compared with the same week of last year.", ""),
    ("", "", "That no centre is closed on two days running.", "No action was needed because the timetable adopted in September already keeps every centre open on alternate days at the least.", "Completed"),
]  # fmt: skip

COMMITTEE = "Environment and Transport Committee"
COMMITTEE_PAPER = "Scrutiny Monitoring"

OFFICERS = [
    ("Ruth Calloway", "Head of Highways", "ruth.calloway@wexmouth.example", "01632 960101"),
    ("Imran Sadiq", "Waste and Recycling Manager", "imran.sadiq@wexmouth.example", "01632 960102"),
    ("Bethan Prowse", "Flood Risk Lead", "bethan.prowse@wexmouth.example", "01632 960103"),
    ("Tom Askew", "Public Transport Officer", "tom.askew@wexmouth.example", "01632 960104"),
    (
        "Grace Odell",
        "Parks and Open Spaces Manager",
        "grace.odell@wexmouth.example",
        "01632 960105",
    ),
]

# (date, title), then its actions: (action, officer, due, update, status, completed, internal note)
COMMITTEE_ITEMS = [
    (("2026-03-12", "Highway Maintenance Programme"), [
        ("That the list of streets for resurfacing is published by ward.", 0, "2026-05-29", "The list was published on 22 May, with a map for each ward, at https://www.wexmouth.example/resurfacing.", "Completed", "2026-05-22", "Ward maps take two days each year."),
        ("That potholes reported by the public are answered within five working days.", 0, "2027-03-31", "Since June, 91% of reports have been answered within five working days, against 74% in the six months before. The inspectors' rota is being changed so that Monday's reports are seen the same day.", "In progress", "", ""),
        ("That the Committee is shown how streets are ranked for repair.", 0, "2026-07-16", "A briefing was held for members on 9 July. The ranking sheet was explained, and the notes were circulated afterwards.", "Completed", "2026-07-09", ""),
    ]),
    (("2026-03-12", "Recycling Rates"), [
        ("That a food waste collection is tried in two wards.", 1, "2027-02-26", "The trial began in Eastquay and St Brannoc wards on 5 October with 3,150 households. Take-up stands at 58%. Results will be known at the end of February.", "In progress", "", "Contractor has asked about a third ward."),
        ("That residents of flats are asked why they recycle less.", 1, "2026-10-30", "A survey of 400 households in flats was completed in September. The three main reasons given were:\n• bins that are full by the middle of the week\n• doubt about what may be recycled\n• the distance to the bin store", "Completed", "2026-09-25", ""),
        ("That the signs at the Household Waste Site are made clearer.", 1, "2026-12-18", "New signs were ordered in November and were put up in the week of 7 December.", "Completed", "2026-12-09", ""),
        ("That the cost of contaminated loads is reported twice a year.", 1, "2027-04-30", "The first half-year's figure, £38,400, was reported to members in November. The second will follow in April.", "Ongoing", "", ""),
    ]),
    (("2026-05-14", "Bus Service Improvement Plan"), [
        ("That operators are asked to restore the evening service on route 7.", 3, "2026-11-30", "The operator has agreed to run two evening journeys on route 7 from 1 February 2027, for a trial of six months.", "In progress", "", "Operator will review at three months."),
        ("That real-time displays are placed at the ten busiest stops without one.", 3, "2027-06-30", "Seven of the ten displays are working. The other three wait for a power supply, which the network company has promised for March.", "In progress", "", ""),
        ("That the views of older passengers are sought on the new timetable leaflet.", 3, "2026-09-30", "Two sessions were held in August with 34 people. The leaflet now has larger type and a map on the back.", "Completed", "2026-09-11", ""),
        ("That free travel for job seekers is considered.", 3, "Spring 2027", "The scheme depends on the budget for 2027/28, which the Council sets in February.", "On hold", "", "Leader's office has asked for costs."),
    ]),
    (("2026-05-14", "Flood Risk Management Strategy"), [
        ("That the gullies in Lower Dock Street are cleared before the winter.", 2, "2026-10-31", "All 46 gullies were cleared between 12 and 20 October, and two that had collapsed were rebuilt.", "Completed", "2026-10-20", ""),
        ("That the Committee visits the tidal gate at Saltern Quay.", 2, "2026-09-18", "Eight members visited the gate on 17 September.", "Completed", "2026-09-17", ""),
        ("That residents are told how to sign up for flood warnings.", 2, "2026-11-27", "A leaflet was delivered to 2,900 homes in November. Sign-ups have risen from 410 to 1,275.", "Completed", "2026-11-20", ""),
        ("That a register of privately owned sea walls is made.", 2, "2027-09-30", "Title searches are complete for 31 of 52 lengths of wall. The owners of six cannot be traced, and Legal Services advise on those.", "In progress", "", "Two owners dispute liability."),
    ]),
    (("2026-07-16", "Cycling and Walking Routes"), [
        ("That the gap in the cycle route at Maltings Bridge is closed.", 0, "2027-08-31", "The design is finished and was put to consultation in November; 212 replies were received, of which 68% were in favour. A decision is due in March.", "In progress", "", ""),
        ("That secure cycle parking is provided at the railway station.", 0, "2026-12-31", "Sixty spaces under cover were opened on 30 November.", "Completed", "2026-11-30", ""),
        ("That routes to four primary schools are made safer to walk.", 0, "2027-07-20", "Work at two of the schools was finished over the October holiday. The other two will follow at Easter and in May.", "In progress", "", ""),
    ]),
    (("2026-07-16", "Air Quality Annual Report"), [
        ("That a monitor is placed at the foot of Harbour Hill.", 2, "2026-10-30", "The monitor has run since 19 October, and its readings are published each hour.", "Completed", "2026-10-19", ""),
        ("That idling outside schools is discouraged.", 2, "2027-03-26", "Wardens have visited nine schools and spoken to 340 drivers. No fines were issued. Ten more visits are planned for the spring term.", "Ongoing", "", ""),
        ("That the taxi fleet's move to low-emission cars is reported.", 3, "2027-01-29", "Of 388 licensed taxis, 143 are now hybrid or electric, 31 more than a year ago.", "In progress", "", "Figures from Licensing, 4 January."),
    ]),
    (("2026-09-17", "Parks and Open Spaces"), [
        ("That the play area at Gannet Fields is repaired before the summer holidays.", 4, "2027-07-16", "The contract was let on 11 December. Work begins in April and should take nine weeks.", "In progress", "", ""),
        ("That volunteers are offered training in tree care.", 4, "2026-12-11", "Three courses were held in November for 41 volunteers. Two more are planned for the autumn of 2027.", "Completed", "2026-11-28", ""),
        ("That the opening hours of park toilets are published.", 4, "2026-10-16", "The hours are shown at each toilet and at https://www.wexmouth.example/parks.", "Completed", "2026-10-12", ""),
        ("That grass is left uncut until July on suitable verges.", 4, "2027-04-01", "A list of 63 verges was agreed with the Highways team and will be consulted on in February.", "Not started", "", ""),
    ]),
    (("2026-11-19", "Winter Service Plan"), [
        ("That the pavements around the hospital are gritted as a priority.", 0, "2026-12-01", "The pavements were added to the first round and have been gritted on each of the nine nights of frost so far.", "Completed", "2026-11-30", ""),
        ("That grit bins are refilled within two days of a report.", 0, "31/04/2027", "Of 57 reports since November, 52 were met within two days. The other five came in the week of the snow.", "In progress", "", ""),
        ("That the Committee is told what the plan cost once the winter is over.", 0, "2027-05-13", "", "Not started", "", "Finance to supply figures in April."),
    ]),
    (("2026-11-19", "Street Lighting"), [
        ("That the remaining sodium lamps are replaced with LEDs.", 0, "2027-12-17", "Some 9,400 of 11,200 lamps have been replaced. The rest are on the sea front, where the columns must be renewed as well.", "In progress", "", ""),
        ("That residents are consulted before lights are dimmed after midnight.", 0, "2027-02-19", "The consultation opened on 4 January and closes on 12 February.", "In progress", "", ""),
    ]),
]  # fmt: skip
