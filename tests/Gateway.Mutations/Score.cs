namespace Gateway.Mutations;

/// <summary>The number of detected mutants of each folder.</summary>
internal static class Score
{
    /// <summary>Writes the table, and the survivors to a file.</summary>
    /// <param name="fates">The results of all tested mutants.</param>
    /// <param name="equivalent">Keys of the mutants without an observable effect. They do not count.</param>
    /// <param name="file">The file that receives a line for each survivor.</param>
    public static void Write(IReadOnlyDictionary<Mutant, (Fate Fate, string? Test)> fates, IReadOnlySet<string> equivalent, string file)
    {
        var survivors = fates.Where(pair => pair.Value.Fate == Fate.Survived && !equivalent.Contains(pair.Key.Key)).Select(pair => pair.Key).ToList();
        File.WriteAllLines(file, survivors.OrderBy(mutant => mutant.Number).Select(mutant => mutant.ToString()));

        Console.WriteLine();
        Console.WriteLine("| folder | mutants | noticed by a test | ended by time-out | equivalent | survived | score |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var room in fates.GroupBy(pair => pair.Key.Room).OrderBy(room => room.Key, StringComparer.Ordinal))
            Row(room.Key, [.. room]);
        Row("all", [.. fates]);
        foreach (var unused in equivalent.Except(fates.Where(pair => pair.Value.Fate == Fate.Survived).Select(pair => pair.Key.Key)))
            Console.WriteLine($"Listed as equivalent, but no survivor: {unused}");
        Console.WriteLine($"The survivors are in {file}.");

        void Row(string name, IReadOnlyList<KeyValuePair<Mutant, (Fate Fate, string? Test)>> mutants)
        {
            var same = mutants.Count(pair => pair.Value.Fate == Fate.Survived && equivalent.Contains(pair.Key.Key));
            var survived = mutants.Count(pair => pair.Value.Fate == Fate.Survived) - same;
            var counted = mutants.Count - same;
            Console.WriteLine($"| {name} | {mutants.Count} | {mutants.Count(pair => pair.Value.Fate == Fate.Killed)} | {mutants.Count(pair => pair.Value.Fate == Fate.TimedOut)} "
                + $"| {same} | {survived} | {100.0 * (counted - survived) / Math.Max(1, counted):0.0} % |");
        }
    }
}
