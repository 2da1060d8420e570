namespace LeadPredict.Funnel.Examples;

/// <summary>Draws by names, so that a new lead changes the draw of no other: the FNV-1a hash (Fowler, Noll and Vo).</summary>
internal static class NameHash
{
    private const uint Prime = 16777619;

    public static uint Of(string name)
    {
        uint hash = 2166136261;
        foreach (char letter in name)
        {
            hash = (hash ^ letter) * Prime;
        }

        return hash;
    }

    /// <summary>The hash of what has a number beside.</summary>
    public static uint With(uint hash, long number)
    {
        for (int i = 0; i < 4; i++, number >>= 16)
        {
            hash = (hash ^ (ushort)number) * Prime;
        }

        return hash;
    }

    /// <summary>From 0 up to 1, the same for the same hash; hashes that differ in their last letter alone are as far apart as others (the last step of MurmurHash3, Appleby).</summary>
    public static double Share(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return (hash ^ (hash >> 16)) / (uint.MaxValue + 1.0);
    }
}
