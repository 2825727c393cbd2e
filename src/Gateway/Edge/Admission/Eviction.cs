using System.Net;

namespace Gateway.Edge.Admission;

/// <summary>
/// Chooses who is ended when clients hold more than there is. What counts is the memory times the time without progress, summed over a client:
/// the greediest client loses first, and of it what holds most and moves least. A visitor whose request takes milliseconds counts for nothing.
/// </summary>
internal static class Eviction
{
    /// <summary>Longer waits count as this long: a quiet event stream of hours is no worse than one of seconds.</summary>
    private const double LongestSeconds = 10;

    /// <summary>Added to each wait: who is busy all the time holds memory too.</summary>
    private const double BusySeconds = 1;

    /// <summary>How much more a connection counts that has never completed a request.</summary>
    private const double NewFactor = 4;

    /// <param name="holders">Those that can be ended.</param>
    /// <param name="bytes">How much has to become free.</param>
    /// <param name="secondsSince">Seconds since a timestamp.</param>
    public static List<Holder> Choose(IEnumerable<Holder> holders, long bytes, Func<long, double> secondsSince)
    {
        var clients = holders
            .Select(holder => (Holder: holder, Score: ScoreOf(holder, secondsSince)))
            .GroupBy(scored => scored.Holder.Client!)
            .Select(client => (Total: client.Sum(scored => scored.Score), Scored: client))
            .ToDictionary(client => client.Scored.Key, client => new Queue(client.Total, client.Scored));

        // The client with the highest total is at the front, again after each victim.
        var order = new PriorityQueue<IPAddress, double>(clients.Select(client => (client.Key, -client.Value.Total)));
        var victims = new List<Holder>();
        while (bytes > 0 && order.TryDequeue(out var client, out _))
        {
            var queue = clients[client];
            if (queue.Next() is not { } victim)
                continue;

            victims.Add(victim);
            bytes -= victim.Bytes;
            order.Enqueue(client, -queue.Total);
        }

        return victims;
    }

    private static double ScoreOf(Holder holder, Func<long, double> secondsSince) =>
        holder.Bytes * (Math.Min(secondsSince(holder.LastProgress), LongestSeconds) + BusySeconds) * (holder.IsNew ? NewFactor : 1);

    /// <summary>What one client holds, worst first. It is sorted when the first one is taken: most clients lose nothing.</summary>
    private sealed class Queue(double total, IEnumerable<(Holder Holder, double Score)> scored)
    {
        private IEnumerator<(Holder Holder, double Score)>? _sorted;

        public double Total { get; private set; } = total;

        public Holder? Next()
        {
            _sorted ??= scored.OrderByDescending(one => one.Score).GetEnumerator();
            if (!_sorted.MoveNext())
                return null;

            Total -= _sorted.Current.Score;
            return _sorted.Current.Holder;
        }
    }
}
