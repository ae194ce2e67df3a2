// What generated code and the users of a store name comes with one import; the rest of these modules, whose names are
// as common as Table and View, does not.
@_exported public import EventSourcing

@_exported public import struct SQLMigrations.MigrationError
@_exported public import struct SQLSchema.Column
@_exported public import struct SQLSchema.DatabaseError
@_exported public import enum SQLSchema.Dialect
@_exported public import struct SQLSchema.EmbeddedMigration
@_exported public import struct SQLSchema.RelationName
