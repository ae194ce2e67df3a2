import ArgumentParser

/// How a command that prints data prints it.
struct OutputOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON, an object a line.")
    var isJSON = false
}
