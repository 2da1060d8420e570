using System.Globalization;
using System.Text;
using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Tests.Csv;

/// <summary>The reader of short numbers against the one that goes digit by digit.</summary>
public sealed class ShortNumberTests
{
    [Fact]
    public void TryRead_TextsOfNumbers_GivesTheBitsAndTheWritingOfDigitByDigit()
    {
        var random = new Random(5);
        for (int round = 0; round < 200_000; round++)
        {
            string whole = random.Next((int)Math.Pow(10, random.Next(1, 8))).ToString(CultureInfo.InvariantCulture);
            string text = (random.Next(3) == 0 ? "-" : "") + new string('0', random.Next(8) == 0 ? random.Next(4) : 0) + whole
                + (random.Next(2) == 0 ? "." + random.Next((int)Math.Pow(10, random.Next(1, 8))).ToString(CultureInfo.InvariantCulture) : "");
            bool isShort = text.TrimStart('-').Length <= 8;
            Read(text, out double number, out NumberShapes shape).ShouldBe(isShort, text);
            if (isShort)
            {
                ByDigit(text, out double expected, out NumberShapes written).ShouldBeTrue(text);
                BitConverter.DoubleToInt64Bits(number).ShouldBe(BitConverter.DoubleToInt64Bits(expected), text);
                shape.ShouldBe(written, text);
            }
        }
    }

    [Fact]
    public void TryRead_TextsOfAnyBytes_TakesNoOtherThanDigitByDigit()
    {
        var random = new Random(6);
        byte[] likely = [.. "0123456789.-+eE \r\"x/:,"u8, 0x00, 0x7F, 0x80, 0xB0, 0xFF];
        int read = 0;
        for (int round = 0; round < 300_000; round++)
        {
            byte[] text = new byte[random.Next(0, 11)];
            foreach (ref byte unit in text.AsSpan())
            {
                unit = random.Next(4) > 0 ? (byte)('0' + random.Next(10)) : likely[random.Next(likely.Length)];
            }

            if (Read(text, out double number, out NumberShapes shape))
            {
                ByDigit(text, out double expected, out NumberShapes written).ShouldBeTrue(Convert.ToHexString(text));
                BitConverter.DoubleToInt64Bits(number).ShouldBe(BitConverter.DoubleToInt64Bits(expected), Convert.ToHexString(text));
                shape.ShouldBe(written, Convert.ToHexString(text));
                read++;
            }
            else
            {
                (ByDigit(text, out _, out _) && text.AsSpan().TrimStart((byte)'-').Length <= 8 && text[^1] != '.').ShouldBeFalse(Convert.ToHexString(text));
            }
        }

        read.ShouldBeGreaterThan(50_000);
    }

    /// <summary>Other cells stand before and after.</summary>
    private static bool Read(byte[] text, out double number, out NumberShapes shape)
    {
        byte[] before = [.. "12.5,-77,"u8];
        return ShortNumber.TryRead([.. before, .. text, .. ",9\n"u8], before.Length, before.Length + text.Length, out number, out shape);
    }

    private static bool Read(string text, out double number, out NumberShapes shape) => Read(Encoding.ASCII.GetBytes(text), out number, out shape);

    private static bool ByDigit(byte[] text, out double number, out NumberShapes shape)
    {
        int at = 0;
        return NumberCell.TryPlain([.. text, (byte)'\n'], ref at, out number, out shape) && at == text.Length;
    }

    private static bool ByDigit(string text, out double number, out NumberShapes shape) => ByDigit(Encoding.ASCII.GetBytes(text), out number, out shape);
}
