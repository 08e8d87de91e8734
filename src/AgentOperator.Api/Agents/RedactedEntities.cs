namespace AgentOperator.Api.Agents;

/// <summary>What the guard redacts, under Presidio's names.</summary>
public static class RedactedEntities
{
    public const string EmailAddress = "EMAIL_ADDRESS";
    public const string CreditCard = "CREDIT_CARD";
    public const string PhoneNumber = "PHONE_NUMBER";
    public const string IpAddress = "IP_ADDRESS";
    public const string IbanCode = "IBAN_CODE";
}
