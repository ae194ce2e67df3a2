import EventSourcingSQL
import EveryTypeCode
import Foundation

extension SamplesRow {
    /// A row with random values in every column.
    init(random values: inout RandomValues) {
        var row = SamplesRow()
        row.aSmallint = values.maybe { $0.integer() }
        row.anInteger = values.maybe { $0.integer() }
        row.aBigint = values.maybe { $0.integer() }
        row.aReal = values.maybe { $0.float() }
        row.aDouble = values.maybe { $0.double() }
        row.aNumeric = values.maybe { $0.number() }
        row.aPrice = values.maybe { $0.price() }
        row.aBoolean = values.maybe { $0.below(2) == 0 }
        row.aText = values.maybe { $0.text() }
        row.aVarchar = values.maybe { $0.text(20) }
        row.aCitext = values.maybe { $0.text() }
        row.aBytea = values.maybe { $0.bytes() }
        row.aUUID = values.maybe { $0.uuid() }
        row.aDate = values.maybe { $0.day() }
        row.aTime = values.maybe { $0.time() }
        row.aTimetz = values.maybe { $0.timeWithOffset() }
        row.aTimestamp = values.maybe { $0.dateTime() }
        row.aTimestamptz = values.maybe { $0.instant() }
        row.wholeSeconds = values.maybe { Instant(microsecondsSince1970: Int64($0.below(4_000_000_000)) * 1_000_000) }
        row.anInterval = values.maybe { $0.interval() }
        row.aJSON = values.maybe { $0.json() }
        row.aJsonb = values.maybe { $0.jsonb() }
        row.aRegion = values.maybe { $0.one(of: Region.knownLabels) }
        row.anEmail = values.maybe { Email(rawValue: "\($0.text(10))@example.org") }
        row.anAmount = values.maybe { Amount(rawValue: $0.price()) }
        row.anInet = values.maybe {
            $0.one(of: ["192.168.0.7", "10.0.0.0/8", "::1", "2001:db8::/32", "::ffff:1.2.3.4"])
        }
        row.aCidr = values.maybe { $0.one(of: ["10.0.0.0/8", "192.168.0.7/32", "2001:db8::/32"]) }
        row.aMacaddr = values.maybe { $0.one(of: ["08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff"]) }
        row.aPlace = values.maybe { $0.one(of: ["(1,home,)", "(,,)", "(-1,\"a \"\"b\"\", c\",)"]) }
        row.smallints = values.maybe { $0.list { $0.integer() } }
        row.integers = values.maybe { $0.list { $0.integer() } }
        row.bigints = values.maybe { $0.list { $0.integer() } }
        row.reals = values.maybe { $0.list { $0.float() } }
        row.doubles = values.maybe { $0.list { $0.double() } }
        row.numerics = values.maybe { $0.list { $0.number() } }
        row.booleans = values.maybe { $0.list { $0.below(2) == 0 } }
        row.texts = values.maybe { $0.list { $0.text() } }
        row.words = values.maybe { $0.list { $0.text(20) } }
        row.byteas = values.maybe { $0.list { $0.bytes() } }
        row.uuids = values.maybe { $0.list { $0.uuid() } }
        row.dates = values.maybe { $0.list { $0.day() } }
        row.times = values.maybe { $0.list { $0.time() } }
        row.timetzs = values.maybe { $0.list { $0.timeWithOffset() } }
        row.timestamps = values.maybe { $0.list { $0.dateTime() } }
        row.timestamptzs = values.maybe { $0.list { $0.instant() } }
        row.intervals = values.maybe { $0.list { $0.interval() } }
        row.jsons = values.maybe { $0.list { $0.json() } }
        row.regions = values.maybe { $0.list { $0.one(of: Region.knownLabels) } }
        row.emails = values.maybe { $0.elements { "\($0.text(10))@example.org" } }
        row.prices = values.maybe { $0.list { $0.price() } }
        row.int4ranges = values.maybe { $0.list { $0.range(isDiscrete: true) { $0.integer() } } }
        row.anInt4range = values.maybe { $0.range(isDiscrete: true) { $0.integer() } }
        row.anInt8range = values.maybe { $0.range(isDiscrete: true) { $0.integer() } }
        row.aNumrange = values.maybe { $0.range(isDiscrete: false) { $0.finiteNumber() } }
        row.aTsrange = values.maybe { $0.range(isDiscrete: false) { $0.dateTime() } }
        row.aTstzrange = values.maybe { $0.range(isDiscrete: false) { $0.instant() } }
        row.aDaterange = values.maybe { $0.range(isDiscrete: true) { $0.day() } }
        self = row
    }
}
