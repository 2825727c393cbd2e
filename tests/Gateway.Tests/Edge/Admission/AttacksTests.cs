using System.Net;
using Gateway.Edge.Admission;
using Gateway.Tests.Attacks;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Xunit;

namespace Gateway.Tests.Edge.Admission;

/// <summary>Each attack with as many connections as a gateway with little memory cannot hold. Others are served, and the memory comes back.</summary>
public class AttacksTests
{
    private const int Connections = 150;

    /// <summary>Enough for 64 connections that do nothing, or 8 with TLS.</summary>
    private static readonly MemoryLimits Limits = MemoryLimits.For(2 * 1024 * 1024);

    private static readonly TimeSpan NoReuse = TimeSpan.Zero, Reuse = TimeSpan.FromHours(1);

    public static TheoryData<string> Attacks => [.. Attack.All.Select(attack => attack.Name)];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task An_attack_costs_no_other_client_a_request_and_loses_what_it_holds_too_much(string name)
    {
        var attack = Attack.All.Single(one => one.Name == name);
        using var stuck = new CancellationTokenSource();
        await using var gateway = await TestGateway.StartAsync(context => AnswerAsync(context, stuck.Token), config: TestCertificate.AlsoTls, limits: Limits);
        var budget = gateway.Services.GetRequiredService<MemoryBudget>();
        using (HttpClient stranger = Visitor(NoReuse), regular = Visitor(Reuse))
        {
            var url = attack.Protocol is null ? gateway.Url : gateway.TlsUrl;
            await using (var running = RunningAttack.Start(attack, url.Port, Connections))
            {
                await Eventually.IsTrueAsync(async () =>
                {
                    foreach (var client in new[] { stranger, regular })
                        (await client.GetAsync(new Uri(url, "/image"), TestContext.Current.CancellationToken)).Answers(HttpStatusCode.OK);
                    (await stranger.GetAsync(new Uri(gateway.OperatorUrl, "/health"), TestContext.Current.CancellationToken)).Answers(HttpStatusCode.OK);
                    return running.Tried == Connections && !budget.IsOverdrawn;
                });
                await Eventually.IsTrueAsync(() => running.Open * (long)MemoryLimits.OfConnection <= Limits.Clients);
            }
        }

        // The gateway notices that a client is gone when it reads from it again.
        await stuck.CancelAsync();
        await Eventually.IsTrueAsync(() => budget.Used == 0);
    }

    private static HttpClient Visitor(TimeSpan lifetime)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = lifetime };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == TestCertificate.Subject;
        return new HttpClient(handler) { Timeout = Eventually.Limit, DefaultRequestHeaders = { Host = "localhost" } };
    }

    private static async Task AnswerAsync(HttpContext context, CancellationToken stuck)
    {
        switch (context.Request.Path.Value)
        {
            case "/stream":
                // More than all buffers hold. Writes to a closed connection complete at once: without the yield, such loops can take all threads, and
                // the abort that ends them never runs.
                var block = new byte[64 * 1024];
                for (var blocks = 0; blocks < 1024 && !context.RequestAborted.IsCancellationRequested; blocks++)
                {
                    await Task.Yield();
                    await context.Response.Body.WriteAsync(block, context.RequestAborted);
                }

                break;
            case "/stuck":
                context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = null;
                using (var end = CancellationTokenSource.CreateLinkedTokenSource(stuck, context.RequestAborted))
                    await Task.Delay(Timeout.Infinite, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                context.Abort();
                break;
            default:
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                await context.Response.WriteAsync("image", context.RequestAborted);
                break;
        }
    }
}
