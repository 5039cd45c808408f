package journey

// A Channel is the way on which customer and business meet. The vocabulary is open.
type Channel string

// Channels.
const (
	ChannelStore       Channel = "store"
	ChannelFieldSales  Channel = "field-sales"
	ChannelEvent       Channel = "event"
	ChannelPhone       Channel = "phone"
	ChannelMail        Channel = "mail" // letters and parcels
	ChannelEmail       Channel = "email"
	ChannelSMS         Channel = "sms"
	ChannelChat        Channel = "chat" // with a person
	ChannelChatbot     Channel = "chatbot"
	ChannelWebsite     Channel = "website"
	ChannelApp         Channel = "app"
	ChannelSocial      Channel = "social"
	ChannelSearch      Channel = "search"
	ChannelMarketplace Channel = "marketplace"
	ChannelAdvertising Channel = "advertising"
	ChannelKiosk       Channel = "kiosk"
	ChannelProduct     Channel = "product" // the thing itself, its package, its display
	ChannelPartner     Channel = "partner"
	ChannelWordOfMouth Channel = "word-of-mouth"
)
