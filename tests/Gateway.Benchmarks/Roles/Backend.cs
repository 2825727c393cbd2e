using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Benchmarks.Roles;

/// <summary>A backend on plain sockets that sends prepared bytes, so that it leaves the CPU to the proxy.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly Dictionary<string, byte[]> _answers = Answers();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public static Server Start()
    {
        var backend = new Backend();
        backend._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        backend._listener.Listen(2048);
        _ = backend.AcceptAsync();
        return new Server(((IPEndPoint)backend._listener.LocalEndPoint!).Port, backend);
    }

    /// <summary>A page of about the given size in bytes. It compresses like text.</summary>
    public static byte[] Page(int size)
    {
        var random = new Random(7);
        string[] words = ["library", "opening", "hours", "the", "of", "and", "reader", "ticket", "book", "<b>new</b>", "<a href=\"/list\">list</a>", "2026"];
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Library</title>\n</head>\n<body>\n");
        while (page.Length < size - 16)
        {
            page.Append("<p class=\"c").Append(random.Next(1000)).Append("\">");
            for (var word = 0; word < 12; word++)
                page.Append(words[random.Next(words.Length)]).Append(random.Next(100)).Append(' ');
            page.Append("</p>\n");
        }

        return Encoding.ASCII.GetBytes(page.Append("</body></html>").ToString());
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Dictionary<string, byte[]> Answers()
    {
        var answers = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["/image"] = Answer("image/png", new byte[10_000]),
            ["/json"] = Answer("application/json", new byte[2_000]),
            ["/plain"] = Answer("image/png", new byte[10_000], setsCookies: false),
        };
        foreach (var (name, size) in new[] { ("15k", 15_000), ("100k", 100_000), ("1m", 1_000_000) })
        {
            var page = Page(size);
            var compressed = new MemoryStream();
            using (var coder = new GZipStream(compressed, CompressionLevel.Optimal))
                coder.Write(page);
            answers[$"/html-{name}"] = Answer("text/html; charset=utf-8", page);
            answers[$"/br-{name}"] = Answer("text/html; charset=utf-8", Brotli(page), "Content-Encoding: br\r\nVary: Accept-Encoding\r\n");
            answers[$"/gzip-{name}"] = Answer("text/html; charset=utf-8", compressed.ToArray(), "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n");
        }

        return answers;
    }

    private static byte[] Brotli(byte[] page)
    {
        var compressed = new MemoryStream();
        using (var coder = new BrotliStream(compressed, CompressionLevel.Optimal))
            coder.Write(page);
        return compressed.ToArray();
    }

    private static byte[] Answer(string type, byte[] body, string extra = "", bool setsCookies = true) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nServer: Apache\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n"
            + $"ETag: \"5f1-61c\"\r\nLast-Modified: Sun, 22 Nov 2026 12:00:00 GMT\r\n{extra}{(setsCookies ? Sample.SetCookies : "")}\r\n")),
        .. body,
    ];

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptAsync();
            client.NoDelay = true;
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var socket = client;
        var buffer = new byte[16 * 1024];
        var filled = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(filled)) is var count and > 0)
            {
                filled += count;

                // An upload that is never read.
                if (buffer.AsSpan(0, filled).StartsWith("POST /stuck "u8))
                    await Task.Delay(Timeout.Infinite);
                if (!buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8))
                    continue;
                var path = Encoding.ASCII.GetString(buffer, 4, buffer.AsSpan(4).IndexOf((byte)' '));
                filled = 0;
                if (path == "/stream")
                    await StreamAsync(socket);
                else
                    await SendAsync(socket, _answers[path]);
            }
        }
        catch (SocketException)
        {
            // The proxy closed the connection.
        }
    }

    /// <summary>Sends a page of 1 GiB as fast as the proxy reads it.</summary>
    private static async Task StreamAsync(Socket socket)
    {
        var piece = new byte[64 * 1024];
        Array.Fill(piece, (byte)'x');
        await SendAsync(socket, Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Workload.StreamLength}\r\n\r\n"));
        await SendAsync(socket, Encoding.ASCII.GetBytes("<html><head></head><body>".PadRight(64 * 1024)));
        for (var sent = 64 * 1024L; sent < Workload.StreamLength; sent += piece.Length)
            await SendAsync(socket, piece);
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes)..];
    }
}
