using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.Train;

public sealed class PackedFeaturesTests
{
    private static readonly float[] Odd =
    [
        float.NaN, BitConverter.Int32BitsToSingle(0x7FC00001), -0f, 0f, -1f, 0.5f, 254f, 255f, 256f, 65_534f, 65_535f, 65_536f, 1e9f, float.MaxValue, float.Epsilon,
        float.PositiveInfinity, float.NegativeInfinity,
    ];

    [Fact]
    public void CopyRow_ColumnsOfAllKinds_GivesBackEveryBit()
    {
        var random = new Random(8);
        for (int round = 0; round < 200; round++)
        {
            int columns = random.Next(1, 30), rows = random.Next(1, 40);
            int[] kinds = [.. Enumerable.Range(0, columns).Select(_ => random.Next(6))];
            float[] values = [.. Enumerable.Range(0, rows * columns).Select(i => Draw(kinds[i % columns], random))];

            PackedFeatures packed = PackedFeatures.Of(values, columns);

            packed.Columns.ShouldBe(columns);
            var row = new float[columns];
            for (int i = 0; i < rows; i++)
            {
                packed.CopyRow(i, row);
                row.Select(BitConverter.SingleToInt32Bits).ShouldBe(values.Skip(i * columns).Take(columns).Select(BitConverter.SingleToInt32Bits));
            }
        }
    }

    [Fact]
    public void Of_CountsAndConstants_TakeAByteAndNone()
    {
        PackedFeatures.Of([3f, 0f, 1.5f, 3f, 254f, 2.5f, 3f, float.NaN, 700f], 3).BytesPerRow.ShouldBe(0 + 1 + 4);
        PackedFeatures.Of([700f, float.NaN], 1).BytesPerRow.ShouldBe(2);
    }

    [Fact]
    public void Of_NoRows_HasColumnsStill() => PackedFeatures.Of([], 4).Columns.ShouldBe(4);

    /// <summary>Constants, small counts, larger ones, other numbers, odd values, and counts with missing ones.</summary>
    private static float Draw(int kind, Random random) => kind switch
    {
        0 => 7f,
        1 => random.Next(255),
        2 => random.Next(65_535),
        3 => (float)random.NextDouble() * 400,
        4 => Odd[random.Next(Odd.Length)],
        _ => random.Next(3) == 0 ? float.NaN : random.Next(40),
    };
}
