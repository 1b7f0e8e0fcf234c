package format

// Parse reads a file in the process of the test, without guard's process around it.
var Parse = parse
