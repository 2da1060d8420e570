namespace LeadPredict.Training.Simulate;

/// <summary>Makes accounts one after the other until there are enough leads; only one is in memory at a time.</summary>
internal static class FunnelSimulation
{
    private static readonly (int, double)[] LeadsPerAccount =
        [(1, 46), (2, 22), (3, 13), (4, 8), (5, 5), (6, 3), (8, 2), (10, 1)];

    public static IEnumerable<SimulatedAccount> Run(SimulationOptions options)
    {
        int made = 0;
        for (int number = 1; made < options.Leads; number++)
        {
            var random = new SimulationRandom(options.Seed, number);
            int leads = Math.Min(random.Pick(LeadsPerAccount), options.Leads - made);
            yield return AccountSimulation.Run(number, made + 1, leads, random);
            made += leads;
        }
    }
}
