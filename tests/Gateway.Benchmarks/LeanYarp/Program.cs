using System.Globalization;
using Gateway.Benchmarks.LeanYarp;

// Arguments: PORT BACKEND [TLS-PORT CERTIFICATE KEY].
int Port(string text) => int.Parse(text, CultureInfo.InvariantCulture);
Lean.Create(args[1], Port(args[0]), args is [_, _, var port, var file, var key] ? (Port(port), file, key) : null).Run();
