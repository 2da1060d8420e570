using Npgsql;
using NpgsqlTypes;

namespace LeadPredict.Storage.Postgres;

/// <summary>Columns bound to the numbered parameters of an INSERT.</summary>
internal sealed class BoundColumns(NpgsqlParameterCollection parameters) : IColumnWriter
{
    public void Text(string? value) => Bind(value, NpgsqlDbType.Text);

    public void Json(string? value) => Bind(value, NpgsqlDbType.Json);

    public void Integer(long? value) => Bind(value, NpgsqlDbType.Bigint);

    public void Small(short value) => Bind(value, NpgsqlDbType.Smallint);

    public void Double(double? value) => Bind(value, NpgsqlDbType.Double);

    public void Numeric(decimal? value) => Bind(value, NpgsqlDbType.Numeric);

    public void Boolean(bool value) => Bind(value, NpgsqlDbType.Boolean);

    private void Bind(object? value, NpgsqlDbType type) =>
        parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
}
