// Everything in this module is generated, from the tables that row-mappers.json includes.
