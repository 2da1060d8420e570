using LeadPredict.Storage.Tests.Contract;

namespace LeadPredict.Storage.Tests.Sqlite;

public sealed class SqliteHistoryStoreTests() : HistoryStoreContract(new SqliteTestedStore());

public sealed class SqlitePeopleStoreTests() : PeopleStoreContract(new SqliteTestedStore());
