using Npgsql;
using NpgsqlTypes;

namespace LeadPredict.Storage.Postgres;

/// <summary>Columns written to a binary COPY.</summary>
internal sealed class CopiedColumns(NpgsqlBinaryImporter copy) : IColumnWriter
{
    public void Text(string? value) => WriteText(value, NpgsqlDbType.Text);

    public void Json(string? value) => WriteText(value, NpgsqlDbType.Json);

    public void Integer(long? value) => WriteNumber(value, NpgsqlDbType.Bigint);

    public void Small(short value) => copy.Write(value, NpgsqlDbType.Smallint);

    public void Double(double? value) => WriteNumber(value, NpgsqlDbType.Double);

    public void Numeric(decimal? value) => WriteNumber(value, NpgsqlDbType.Numeric);

    public void Boolean(bool value) => copy.Write(value, NpgsqlDbType.Boolean);

    private void WriteText(string? value, NpgsqlDbType type)
    {
        if (value is null)
        {
            copy.WriteNull();
        }
        else
        {
            copy.Write(value, type);
        }
    }

    private void WriteNumber<T>(T? value, NpgsqlDbType type)
        where T : struct
    {
        if (value is { } number)
        {
            copy.Write(number, type);
        }
        else
        {
            copy.WriteNull();
        }
    }
}
