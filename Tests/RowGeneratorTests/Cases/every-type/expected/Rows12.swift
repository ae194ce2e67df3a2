// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A row of the table `samples`.
public struct SamplesRow: TableRow {
    /// The column `id`: bigint, NOT NULL, counted up by the database, nil before the row is stored.
    public var id: Int64?
    /// The column `a_smallint`: smallint, NULL allowed.
    public var aSmallint: Int16?
    /// The column `an_integer`: integer, NULL allowed.
    public var anInteger: Int32?
    /// The column `a_bigint`: bigint, NULL allowed.
    public var aBigint: Int64?
    /// The column `a_real`: real, NULL allowed.
    public var aReal: Float?
    /// The column `a_double`: double precision, NULL allowed.
    public var aDouble: Double?
    /// The column `a_numeric`: numeric, NULL allowed.
    public var aNumeric: ExactDecimal?
    /// The column `a_price`: numeric(12,2), NULL allowed.
    public var aPrice: ExactDecimal?
    /// The column `a_boolean`: boolean, NULL allowed.
    public var aBoolean: Bool?
    /// The column `a_text`: text, NULL allowed.
    public var aText: String?
    /// The column `a_varchar`: character varying(20), NULL allowed.
    public var aVarchar: String?
    /// The column `a_citext`: public.citext, NULL allowed.
    public var aCitext: String?
    /// The column `a_bytea`: bytea, NULL allowed.
    public var aBytea: [UInt8]?
    /// The column `a_uuid`: uuid, NULL allowed.
    public var aUUID: UUID?
    /// The column `a_date`: date, NULL allowed.
    public var aDate: CalendarDate?
    /// The column `a_time`: time without time zone, NULL allowed.
    public var aTime: TimeOfDay?
    /// The column `a_timetz`: time with time zone, NULL allowed.
    public var aTimetz: TimeOfDayWithOffset?
    /// The column `a_timestamp`: timestamp without time zone, NULL allowed.
    public var aTimestamp: LocalDateTime?
    /// The column `a_timestamptz`: timestamp with time zone, NULL allowed.
    public var aTimestamptz: Instant?
    /// The column `whole_seconds`: timestamp(0) with time zone, NULL allowed.
    public var wholeSeconds: Instant?
    /// The column `an_interval`: interval, NULL allowed.
    public var anInterval: CalendarInterval?
    /// The column `a_json`: json, NULL allowed.
    public var aJSON: JSON?
    /// The column `a_jsonb`: jsonb, NULL allowed.
    public var aJsonb: JSON?
    /// The column `a_region`: types.region, NULL allowed.
    public var aRegion: Region?
    /// The column `an_email`: types.email, NULL allowed.
    public var anEmail: Email?
    /// The column `an_amount`: types.amount, NULL allowed.
    public var anAmount: Amount?
    /// The column `an_inet`: inet, NULL allowed.
    public var anInet: String?
    /// The column `a_cidr`: cidr, NULL allowed.
    public var aCidr: String?
    /// The column `a_macaddr`: macaddr, NULL allowed.
    public var aMacaddr: String?
    /// The column `a_place`: types.place, NULL allowed.
    public var aPlace: String?
    /// The column `smallints`: smallint[], NULL allowed.
    public var smallints: [Int16?]?
    /// The column `integers`: integer[], NULL allowed.
    public var integers: [Int32?]?
    /// The column `bigints`: bigint[], NULL allowed.
    public var bigints: [Int64?]?
    /// The column `reals`: real[], NULL allowed.
    public var reals: [Float?]?
    /// The column `doubles`: double precision[], NULL allowed.
    public var doubles: [Double?]?
    /// The column `numerics`: numeric[], NULL allowed.
    public var numerics: [ExactDecimal?]?
    /// The column `booleans`: boolean[], NULL allowed.
    public var booleans: [Bool?]?
    /// The column `texts`: text[], NULL allowed.
    public var texts: [String?]?
    /// The column `words`: character varying(20)[], NULL allowed.
    public var words: [String?]?
    /// The column `byteas`: bytea[], NULL allowed.
    public var byteas: [[UInt8]?]?
    /// The column `uuids`: uuid[], NULL allowed.
    public var uuids: [UUID?]?
    /// The column `dates`: date[], NULL allowed.
    public var dates: [CalendarDate?]?
    /// The column `times`: time without time zone[], NULL allowed.
    public var times: [TimeOfDay?]?
    /// The column `timetzs`: time with time zone[], NULL allowed.
    public var timetzs: [TimeOfDayWithOffset?]?
    /// The column `timestamps`: timestamp without time zone[], NULL allowed.
    public var timestamps: [LocalDateTime?]?
    /// The column `timestamptzs`: timestamp with time zone[], NULL allowed.
    public var timestamptzs: [Instant?]?
    /// The column `intervals`: interval[], NULL allowed.
    public var intervals: [CalendarInterval?]?
    /// The column `jsons`: json[], NULL allowed.
    public var jsons: [JSON?]?
    /// The column `regions`: types.region[], NULL allowed.
    public var regions: [Region?]?
    /// The column `emails`: types.email[], NULL allowed.
    public var emails: [String]?
    /// The column `int4ranges`: int4range[], NULL allowed.
    public var int4ranges: [BoundedRange<Int32>?]?
    /// The column `prices`: numeric(12,2)[], NULL allowed.
    public var prices: [ExactDecimal?]?
    /// The column `an_int4range`: int4range, NULL allowed.
    public var anInt4range: BoundedRange<Int32>?
    /// The column `an_int8range`: int8range, NULL allowed.
    public var anInt8range: BoundedRange<Int64>?
    /// The column `a_numrange`: numrange, NULL allowed.
    public var aNumrange: BoundedRange<ExactDecimal>?
    /// The column `a_tsrange`: tsrange, NULL allowed.
    public var aTsrange: BoundedRange<LocalDateTime>?
    /// The column `a_tstzrange`: tstzrange, NULL allowed.
    public var aTstzrange: BoundedRange<Instant>?
    /// The column `a_daterange`: daterange, NULL allowed.
    public var aDaterange: BoundedRange<CalendarDate>?

    /// Creates a row from its values.
    @inlinable
    public init(
        id: Int64? = nil,
        aSmallint: Int16? = nil,
        anInteger: Int32? = nil,
        aBigint: Int64? = nil,
        aReal: Float? = nil,
        aDouble: Double? = nil,
        aNumeric: ExactDecimal? = nil,
        aPrice: ExactDecimal? = nil,
        aBoolean: Bool? = nil,
        aText: String? = nil,
        aVarchar: String? = nil,
        aCitext: String? = nil,
        aBytea: [UInt8]? = nil,
        aUUID: UUID? = nil,
        aDate: CalendarDate? = nil,
        aTime: TimeOfDay? = nil,
        aTimetz: TimeOfDayWithOffset? = nil,
        aTimestamp: LocalDateTime? = nil,
        aTimestamptz: Instant? = nil,
        wholeSeconds: Instant? = nil,
        anInterval: CalendarInterval? = nil,
        aJSON: JSON? = nil,
        aJsonb: JSON? = nil,
        aRegion: Region? = nil,
        anEmail: Email? = nil,
        anAmount: Amount? = nil,
        anInet: String? = nil,
        aCidr: String? = nil,
        aMacaddr: String? = nil,
        aPlace: String? = nil,
        smallints: [Int16?]? = nil,
        integers: [Int32?]? = nil,
        bigints: [Int64?]? = nil,
        reals: [Float?]? = nil,
        doubles: [Double?]? = nil,
        numerics: [ExactDecimal?]? = nil,
        booleans: [Bool?]? = nil,
        texts: [String?]? = nil,
        words: [String?]? = nil,
        byteas: [[UInt8]?]? = nil,
        uuids: [UUID?]? = nil,
        dates: [CalendarDate?]? = nil,
        times: [TimeOfDay?]? = nil,
        timetzs: [TimeOfDayWithOffset?]? = nil,
        timestamps: [LocalDateTime?]? = nil,
        timestamptzs: [Instant?]? = nil,
        intervals: [CalendarInterval?]? = nil,
        jsons: [JSON?]? = nil,
        regions: [Region?]? = nil,
        emails: [String]? = nil,
        int4ranges: [BoundedRange<Int32>?]? = nil,
        prices: [ExactDecimal?]? = nil,
        anInt4range: BoundedRange<Int32>? = nil,
        anInt8range: BoundedRange<Int64>? = nil,
        aNumrange: BoundedRange<ExactDecimal>? = nil,
        aTsrange: BoundedRange<LocalDateTime>? = nil,
        aTstzrange: BoundedRange<Instant>? = nil,
        aDaterange: BoundedRange<CalendarDate>? = nil
    ) {
        self.id = id
        self.aSmallint = aSmallint
        self.anInteger = anInteger
        self.aBigint = aBigint
        self.aReal = aReal
        self.aDouble = aDouble
        self.aNumeric = aNumeric
        self.aPrice = aPrice
        self.aBoolean = aBoolean
        self.aText = aText
        self.aVarchar = aVarchar
        self.aCitext = aCitext
        self.aBytea = aBytea
        self.aUUID = aUUID
        self.aDate = aDate
        self.aTime = aTime
        self.aTimetz = aTimetz
        self.aTimestamp = aTimestamp
        self.aTimestamptz = aTimestamptz
        self.wholeSeconds = wholeSeconds
        self.anInterval = anInterval
        self.aJSON = aJSON
        self.aJsonb = aJsonb
        self.aRegion = aRegion
        self.anEmail = anEmail
        self.anAmount = anAmount
        self.anInet = anInet
        self.aCidr = aCidr
        self.aMacaddr = aMacaddr
        self.aPlace = aPlace
        self.smallints = smallints
        self.integers = integers
        self.bigints = bigints
        self.reals = reals
        self.doubles = doubles
        self.numerics = numerics
        self.booleans = booleans
        self.texts = texts
        self.words = words
        self.byteas = byteas
        self.uuids = uuids
        self.dates = dates
        self.times = times
        self.timetzs = timetzs
        self.timestamps = timestamps
        self.timestamptzs = timestamptzs
        self.intervals = intervals
        self.jsons = jsons
        self.regions = regions
        self.emails = emails
        self.int4ranges = int4ranges
        self.prices = prices
        self.anInt4range = anInt4range
        self.anInt8range = anInt8range
        self.aNumrange = aNumrange
        self.aTsrange = aTsrange
        self.aTstzrange = aTstzrange
        self.aDaterange = aDaterange
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.id = try row.value(Int64?.self, at: 0)
        self.aSmallint = try row.value(Int16?.self, at: 1)
        self.anInteger = try row.value(Int32?.self, at: 2)
        self.aBigint = try row.value(Int64?.self, at: 3)
        self.aReal = try row.value(Float?.self, at: 4)
        self.aDouble = try row.value(Double?.self, at: 5)
        self.aNumeric = try row.value(ExactDecimal?.self, at: 6)
        self.aPrice = try row.value(ExactDecimal?.self, at: 7)
        self.aBoolean = try row.value(Bool?.self, at: 8)
        self.aText = try row.value(String?.self, at: 9)
        self.aVarchar = try row.value(String?.self, at: 10)
        self.aCitext = try row.value(String?.self, at: 11)
        self.aBytea = try row.value([UInt8]?.self, at: 12)
        self.aUUID = try row.value(UUID?.self, at: 13)
        self.aDate = try row.value(CalendarDate?.self, at: 14)
        self.aTime = try row.value(TimeOfDay?.self, at: 15)
        self.aTimetz = try row.value(TimeOfDayWithOffset?.self, at: 16)
        self.aTimestamp = try row.value(LocalDateTime?.self, at: 17)
        self.aTimestamptz = try row.value(Instant?.self, at: 18)
        self.wholeSeconds = try row.value(Instant?.self, at: 19)
        self.anInterval = try row.value(CalendarInterval?.self, at: 20)
        self.aJSON = try row.value(JSON?.self, at: 21)
        self.aJsonb = try row.value(JSON?.self, at: 22)
        self.aRegion = try row.value(Region?.self, at: 23)
        self.anEmail = try row.value(Email?.self, at: 24)
        self.anAmount = try row.value(Amount?.self, at: 25)
        self.anInet = try row.value(String?.self, at: 26)
        self.aCidr = try row.value(String?.self, at: 27)
        self.aMacaddr = try row.value(String?.self, at: 28)
        self.aPlace = try row.value(String?.self, at: 29)
        self.smallints = try row.listIfPresent(of: Int16?.self, at: 30)
        self.integers = try row.listIfPresent(of: Int32?.self, at: 31)
        self.bigints = try row.listIfPresent(of: Int64?.self, at: 32)
        self.reals = try row.listIfPresent(of: Float?.self, at: 33)
        self.doubles = try row.listIfPresent(of: Double?.self, at: 34)
        self.numerics = try row.listIfPresent(of: ExactDecimal?.self, at: 35)
        self.booleans = try row.listIfPresent(of: Bool?.self, at: 36)
        self.texts = try row.listIfPresent(of: String?.self, at: 37)
        self.words = try row.listIfPresent(of: String?.self, at: 38)
        self.byteas = try row.listIfPresent(of: [UInt8]?.self, at: 39)
        self.uuids = try row.listIfPresent(of: UUID?.self, at: 40)
        self.dates = try row.listIfPresent(of: CalendarDate?.self, at: 41)
        self.times = try row.listIfPresent(of: TimeOfDay?.self, at: 42)
        self.timetzs = try row.listIfPresent(of: TimeOfDayWithOffset?.self, at: 43)
        self.timestamps = try row.listIfPresent(of: LocalDateTime?.self, at: 44)
        self.timestamptzs = try row.listIfPresent(of: Instant?.self, at: 45)
        self.intervals = try row.listIfPresent(of: CalendarInterval?.self, at: 46)
        self.jsons = try row.listIfPresent(of: JSON?.self, at: 47)
        self.regions = try row.listIfPresent(of: Region?.self, at: 48)
        self.emails = try row.listIfPresent(of: String.self, at: 49)
        self.int4ranges = try row.listIfPresent(of: BoundedRange<Int32>?.self, at: 50)
        self.prices = try row.listIfPresent(of: ExactDecimal?.self, at: 51)
        self.anInt4range = try row.value(BoundedRange<Int32>?.self, at: 52)
        self.anInt8range = try row.value(BoundedRange<Int64>?.self, at: 53)
        self.aNumrange = try row.value(BoundedRange<ExactDecimal>?.self, at: 54)
        self.aTsrange = try row.value(BoundedRange<LocalDateTime>?.self, at: 55)
        self.aTstzrange = try row.value(BoundedRange<Instant>?.self, at: 56)
        self.aDaterange = try row.value(BoundedRange<CalendarDate>?.self, at: 57)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.aSmallint, at: 0)
        try row.set(self.anInteger, at: 1)
        try row.set(self.aBigint, at: 2)
        try row.set(self.aReal, at: 3)
        try row.set(self.aDouble, at: 4)
        try row.set(self.aNumeric, at: 5)
        try row.set(self.aPrice, at: 6, fractionDigits: 2, of: "a_price")
        try row.set(self.aBoolean, at: 7)
        try row.set(self.aText, at: 8)
        try row.set(self.aVarchar, at: 9)
        try row.set(self.aCitext, at: 10)
        try row.set(self.aBytea, at: 11)
        try row.set(self.aUUID, at: 12)
        try row.set(self.aDate, at: 13)
        try row.set(self.aTime, at: 14)
        try row.set(self.aTimetz, at: 15)
        try row.set(self.aTimestamp, at: 16)
        try row.set(self.aTimestamptz, at: 17)
        try row.set(self.wholeSeconds, at: 18, fractionDigits: 0, of: "whole_seconds")
        try row.set(self.anInterval, at: 19)
        try row.set(self.aJSON, at: 20)
        try row.set(self.aJsonb, at: 21)
        try row.set(self.aRegion, at: 22)
        try row.set(self.anEmail, at: 23)
        try row.set(self.anAmount?.rawValue, at: 24, fractionDigits: 30, of: "an_amount")
        try row.set(self.anInet, at: 25)
        try row.set(self.aCidr, at: 26)
        try row.set(self.aMacaddr, at: 27)
        try row.set(self.aPlace, at: 28)
        try row.set(list: self.smallints, at: 29)
        try row.set(list: self.integers, at: 30)
        try row.set(list: self.bigints, at: 31)
        try row.set(list: self.reals, at: 32)
        try row.set(list: self.doubles, at: 33)
        try row.set(list: self.numerics, at: 34)
        try row.set(list: self.booleans, at: 35)
        try row.set(list: self.texts, at: 36)
        try row.set(list: self.words, at: 37)
        try row.set(list: self.byteas, at: 38)
        try row.set(list: self.uuids, at: 39)
        try row.set(list: self.dates, at: 40)
        try row.set(list: self.times, at: 41)
        try row.set(list: self.timetzs, at: 42)
        try row.set(list: self.timestamps, at: 43)
        try row.set(list: self.timestamptzs, at: 44)
        try row.set(list: self.intervals, at: 45)
        try row.set(list: self.jsons, at: 46)
        try row.set(list: self.regions, at: 47)
        try row.set(list: self.emails, at: 48)
        try row.set(list: self.int4ranges, at: 49)
        try row.set(list: self.prices, at: 50, fractionDigits: 2, of: "prices")
        try row.set(self.anInt4range, at: 51)
        try row.set(self.anInt8range, at: 52)
        try row.set(self.aNumrange, at: 53)
        try row.set(self.aTsrange, at: 54)
        try row.set(self.aTstzrange, at: 55)
        try row.set(self.aDaterange, at: 56)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: SamplesRow, right: SamplesRow) -> Bool {
        left.id == right.id
            && left.aSmallint == right.aSmallint
            && left.anInteger == right.anInteger
            && left.aBigint == right.aBigint
            && left.aReal == right.aReal
            && left.aDouble == right.aDouble
            && left.aNumeric == right.aNumeric
            && left.aPrice == right.aPrice
            && left.aBoolean == right.aBoolean
            && left.aText.hasSameBytes(as: right.aText)
            && left.aVarchar.hasSameBytes(as: right.aVarchar)
            && left.aCitext.hasSameBytes(as: right.aCitext)
            && left.aBytea == right.aBytea
            && left.aUUID == right.aUUID
            && left.aDate == right.aDate
            && left.aTime == right.aTime
            && left.aTimetz == right.aTimetz
            && left.aTimestamp == right.aTimestamp
            && left.aTimestamptz == right.aTimestamptz
            && left.wholeSeconds == right.wholeSeconds
            && left.anInterval == right.anInterval
            && left.aJSON == right.aJSON
            && left.aJsonb == right.aJsonb
            && left.aRegion == right.aRegion
            && left.anEmail == right.anEmail
            && left.anAmount == right.anAmount
            && left.anInet.hasSameBytes(as: right.anInet)
            && left.aCidr.hasSameBytes(as: right.aCidr)
            && left.aMacaddr.hasSameBytes(as: right.aMacaddr)
            && left.aPlace.hasSameBytes(as: right.aPlace)
            && left.smallints == right.smallints
            && left.integers == right.integers
            && left.bigints == right.bigints
            && left.reals == right.reals
            && left.doubles == right.doubles
            && left.numerics == right.numerics
            && left.booleans == right.booleans
            && left.texts.hasSameBytes(as: right.texts)
            && left.words.hasSameBytes(as: right.words)
            && left.byteas == right.byteas
            && left.uuids == right.uuids
            && left.dates == right.dates
            && left.times == right.times
            && left.timetzs == right.timetzs
            && left.timestamps == right.timestamps
            && left.timestamptzs == right.timestamptzs
            && left.intervals == right.intervals
            && left.jsons == right.jsons
            && left.regions == right.regions
            && left.emails.hasSameBytes(as: right.emails)
            && left.int4ranges == right.int4ranges
            && left.prices == right.prices
            && left.anInt4range == right.anInt4range
            && left.anInt8range == right.anInt8range
            && left.aNumrange == right.aNumrange
            && left.aTsrange == right.aTsrange
            && left.aTstzrange == right.aTstzrange
            && left.aDaterange == right.aDaterange
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "types", "samples"), .sqlite: RelationName("samples"),
    ]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "id", type: "bigint", isNullable: false, identity: .always),
            Column(name: "a_smallint", type: "smallint", isNullable: true),
            Column(name: "an_integer", type: "integer", isNullable: true),
            Column(name: "a_bigint", type: "bigint", isNullable: true),
            Column(name: "a_real", type: "real", isNullable: true),
            Column(name: "a_double", type: "double precision", isNullable: true),
            Column(name: "a_numeric", type: "numeric", isNullable: true),
            Column(name: "a_price", type: "numeric(12,2)", isNullable: true),
            Column(name: "a_boolean", type: "boolean", isNullable: true),
            Column(name: "a_text", type: "text", isNullable: true),
            Column(name: "a_varchar", type: "character varying(20)", isNullable: true),
            Column(name: "a_citext", type: "public.citext", isNullable: true),
            Column(name: "a_bytea", type: "bytea", isNullable: true),
            Column(name: "a_uuid", type: "uuid", isNullable: true),
            Column(name: "a_date", type: "date", isNullable: true),
            Column(name: "a_time", type: "time without time zone", isNullable: true),
            Column(name: "a_timetz", type: "time with time zone", isNullable: true),
            Column(name: "a_timestamp", type: "timestamp without time zone", isNullable: true),
            Column(name: "a_timestamptz", type: "timestamp with time zone", isNullable: true),
            Column(name: "whole_seconds", type: "timestamp(0) with time zone", isNullable: true),
            Column(name: "an_interval", type: "interval", isNullable: true),
            Column(name: "a_json", type: "json", isNullable: true),
            Column(name: "a_jsonb", type: "jsonb", isNullable: true),
            Column(name: "a_region", type: "types.region", isNullable: true),
            Column(name: "an_email", type: "types.email", isNullable: true),
            Column(name: "an_amount", type: "types.amount", isNullable: true),
            Column(name: "an_inet", type: "inet", isNullable: true),
            Column(name: "a_cidr", type: "cidr", isNullable: true),
            Column(name: "a_macaddr", type: "macaddr", isNullable: true),
            Column(name: "a_place", type: "types.place", isNullable: true),
            Column(name: "smallints", type: "smallint[]", isNullable: true),
            Column(name: "integers", type: "integer[]", isNullable: true),
            Column(name: "bigints", type: "bigint[]", isNullable: true),
            Column(name: "reals", type: "real[]", isNullable: true),
            Column(name: "doubles", type: "double precision[]", isNullable: true),
            Column(name: "numerics", type: "numeric[]", isNullable: true),
            Column(name: "booleans", type: "boolean[]", isNullable: true),
            Column(name: "texts", type: "text[]", isNullable: true),
            Column(name: "words", type: "character varying(20)[]", isNullable: true),
            Column(name: "byteas", type: "bytea[]", isNullable: true),
            Column(name: "uuids", type: "uuid[]", isNullable: true),
            Column(name: "dates", type: "date[]", isNullable: true),
            Column(name: "times", type: "time without time zone[]", isNullable: true),
            Column(name: "timetzs", type: "time with time zone[]", isNullable: true),
            Column(name: "timestamps", type: "timestamp without time zone[]", isNullable: true),
            Column(name: "timestamptzs", type: "timestamp with time zone[]", isNullable: true),
            Column(name: "intervals", type: "interval[]", isNullable: true),
            Column(name: "jsons", type: "json[]", isNullable: true),
            Column(name: "regions", type: "types.region[]", isNullable: true),
            Column(name: "emails", type: "types.email[]", isNullable: true),
            Column(name: "int4ranges", type: "int4range[]", isNullable: true),
            Column(name: "prices", type: "numeric(12,2)[]", isNullable: true),
            Column(name: "an_int4range", type: "int4range", isNullable: true),
            Column(name: "an_int8range", type: "int8range", isNullable: true),
            Column(name: "a_numrange", type: "numrange", isNullable: true),
            Column(name: "a_tsrange", type: "tsrange", isNullable: true),
            Column(name: "a_tstzrange", type: "tstzrange", isNullable: true),
            Column(name: "a_daterange", type: "daterange", isNullable: true),
            Column(name: "text_length", type: "integer", isNullable: true, isGenerated: true),
        ],
        .sqlite: [
            Column(name: "id", type: "INTEGER", isNullable: false),
            Column(name: "a_smallint", type: "INTEGER", isNullable: true),
            Column(name: "an_integer", type: "INTEGER", isNullable: true),
            Column(name: "a_bigint", type: "INTEGER", isNullable: true),
            Column(name: "a_real", type: "REAL", isNullable: true),
            Column(name: "a_double", type: "REAL", isNullable: true),
            Column(name: "a_numeric", type: "TEXT", isNullable: true),
            Column(name: "a_price", type: "TEXT", isNullable: true),
            Column(name: "a_boolean", type: "INTEGER", isNullable: true),
            Column(name: "a_text", type: "TEXT", isNullable: true),
            Column(name: "a_varchar", type: "TEXT", isNullable: true),
            Column(name: "a_citext", type: "TEXT", isNullable: true),
            Column(name: "a_bytea", type: "BLOB", isNullable: true),
            Column(name: "a_uuid", type: "TEXT", isNullable: true),
            Column(name: "a_date", type: "TEXT", isNullable: true),
            Column(name: "a_time", type: "TEXT", isNullable: true),
            Column(name: "a_timetz", type: "TEXT", isNullable: true),
            Column(name: "a_timestamp", type: "TEXT", isNullable: true),
            Column(name: "a_timestamptz", type: "INTEGER", isNullable: true),
            Column(name: "whole_seconds", type: "INTEGER", isNullable: true),
            Column(name: "an_interval", type: "TEXT", isNullable: true),
            Column(name: "a_json", type: "TEXT", isNullable: true),
            Column(name: "a_jsonb", type: "TEXT", isNullable: true),
            Column(name: "a_region", type: "TEXT", isNullable: true),
            Column(name: "an_email", type: "TEXT", isNullable: true),
            Column(name: "an_amount", type: "TEXT", isNullable: true),
            Column(name: "an_inet", type: "TEXT", isNullable: true),
            Column(name: "a_cidr", type: "TEXT", isNullable: true),
            Column(name: "a_macaddr", type: "TEXT", isNullable: true),
            Column(name: "a_place", type: "TEXT", isNullable: true),
            Column(name: "smallints", type: "TEXT", isNullable: true),
            Column(name: "integers", type: "TEXT", isNullable: true),
            Column(name: "bigints", type: "TEXT", isNullable: true),
            Column(name: "reals", type: "TEXT", isNullable: true),
            Column(name: "doubles", type: "TEXT", isNullable: true),
            Column(name: "numerics", type: "TEXT", isNullable: true),
            Column(name: "booleans", type: "TEXT", isNullable: true),
            Column(name: "texts", type: "TEXT", isNullable: true),
            Column(name: "words", type: "TEXT", isNullable: true),
            Column(name: "byteas", type: "TEXT", isNullable: true),
            Column(name: "uuids", type: "TEXT", isNullable: true),
            Column(name: "dates", type: "TEXT", isNullable: true),
            Column(name: "times", type: "TEXT", isNullable: true),
            Column(name: "timetzs", type: "TEXT", isNullable: true),
            Column(name: "timestamps", type: "TEXT", isNullable: true),
            Column(name: "timestamptzs", type: "TEXT", isNullable: true),
            Column(name: "intervals", type: "TEXT", isNullable: true),
            Column(name: "jsons", type: "TEXT", isNullable: true),
            Column(name: "regions", type: "TEXT", isNullable: true),
            Column(name: "emails", type: "TEXT", isNullable: true),
            Column(name: "int4ranges", type: "TEXT", isNullable: true),
            Column(name: "prices", type: "TEXT", isNullable: true),
            Column(name: "an_int4range", type: "TEXT", isNullable: true),
            Column(name: "an_int8range", type: "TEXT", isNullable: true),
            Column(name: "a_numrange", type: "TEXT", isNullable: true),
            Column(name: "a_tsrange", type: "TEXT", isNullable: true),
            Column(name: "a_tstzrange", type: "TEXT", isNullable: true),
            Column(name: "a_daterange", type: "TEXT", isNullable: true),
            Column(name: "text_length", type: "INTEGER", isNullable: true, isGenerated: true),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = [
        "id", "a_smallint", "an_integer", "a_bigint", "a_real", "a_double", "a_numeric", "a_price", "a_boolean",
        "a_text", "a_varchar", "a_citext", "a_bytea", "a_uuid", "a_date", "a_time", "a_timetz", "a_timestamp",
        "a_timestamptz", "whole_seconds", "an_interval", "a_json", "a_jsonb", "a_region", "an_email", "an_amount",
        "an_inet", "a_cidr", "a_macaddr", "a_place", "smallints", "integers", "bigints", "reals", "doubles", "numerics",
        "booleans", "texts", "words", "byteas", "uuids", "dates", "times", "timetzs", "timestamps", "timestamptzs",
        "intervals", "jsons", "regions", "emails", "int4ranges", "prices", "an_int4range", "an_int8range", "a_numrange",
        "a_tsrange", "a_tstzrange", "a_daterange",
    ]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = [
        "a_smallint", "an_integer", "a_bigint", "a_real", "a_double", "a_numeric", "a_price", "a_boolean", "a_text",
        "a_varchar", "a_citext", "a_bytea", "a_uuid", "a_date", "a_time", "a_timetz", "a_timestamp", "a_timestamptz",
        "whole_seconds", "an_interval", "a_json", "a_jsonb", "a_region", "an_email", "an_amount", "an_inet", "a_cidr",
        "a_macaddr", "a_place", "smallints", "integers", "bigints", "reals", "doubles", "numerics", "booleans", "texts",
        "words", "byteas", "uuids", "dates", "times", "timetzs", "timestamps", "timestamptzs", "intervals", "jsons",
        "regions", "emails", "int4ranges", "prices", "an_int4range", "an_int8range", "a_numrange", "a_tsrange",
        "a_tstzrange", "a_daterange",
    ]

    /// The columns that PostgreSQL is given as texts, of which the statement makes the column's type.
    public static let castColumns: [String] = [
        "a_numeric", "a_price", "a_date", "a_time", "a_timetz", "a_timestamp", "an_interval", "an_amount", "an_inet",
        "a_cidr", "a_macaddr", "a_place", "smallints", "integers", "bigints", "reals", "doubles", "numerics",
        "booleans", "texts", "words", "byteas", "uuids", "dates", "times", "timetzs", "timestamps", "timestamptzs",
        "intervals", "jsons", "regions", "emails", "int4ranges", "prices", "an_int4range", "an_int8range", "a_numrange",
        "a_tsrange", "a_tstzrange", "a_daterange",
    ]

    /// The columns that PostgreSQL is asked for as texts.
    public static let textColumns: [String] = ["an_inet", "a_cidr", "a_macaddr", "a_place"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(SamplesRow.self)

    /// The type of `id`, which is the primary key.
    public typealias PrimaryKey = Int64

    /// The columns of the primary key.
    public static let keyColumns: [String] = ["id"]

    /// Writes the values of a key, in the order of `keyColumns`.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(key: PrimaryKey, to row: inout Row) throws {
        try row.set(key, at: 0)
    }

    /// Writes the values of the key that the database counts up, behind those of `insertedColumns`.
    @inlinable
    public func writeCounted<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.id, at: 57)
    }
}
