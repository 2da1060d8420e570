using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>The keys of leads by their identifiers; those found are remembered for the transaction.</summary>
internal sealed class SqliteLeadKeys : IDisposable
{
    private readonly Dictionary<string, long> _keys = new(StringComparer.Ordinal);
    private readonly SqliteCommand _command;
    private readonly SqliteParameter _id = new("$id", SqliteType.Text);

    public SqliteLeadKeys(SqliteConnection connection, SqliteTransaction transaction)
    {
        _command = connection.CreateCommand();
        _command.Transaction = transaction;
        _command.CommandText = SqliteStatements.KeyOfLead;
        _command.Parameters.Add(_id);
    }

    /// <summary>The lead's key, or null when it is not known.</summary>
    public long? Find(string leadId)
    {
        if (_keys.TryGetValue(leadId, out long known))
        {
            return known;
        }

        _id.Value = leadId;
        if (_command.ExecuteScalar() is not long key)
        {
            return null;
        }

        _keys.Add(leadId, key);
        return key;
    }

    public void Dispose() => _command.Dispose();
}
