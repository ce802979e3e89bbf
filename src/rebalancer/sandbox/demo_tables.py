"""What the demo portfolio holds: tables in plain text, made by us. Not anybody's account, and not real prices."""

from __future__ import annotations

from typing import Final

LOCATIONS: Final = (
    "Binance",
    "Binance Earn",
    "Binance Futures",
    "Bitget Earn",
    "Bitget Futures",
    "Bitget Margin",
    "Bitget Spot",
    "Bittrex",
    "Bybit",
    "Celsius",
    "Coinbase",
    "Crypto.com App",
    "DOGE Transaction",
    "Hatom",
    "Keplr - Osmosis",
    "Kraken",
    "Kraken Earn",
    "KuCoin",
    "Ledger Wallets",
    "Ledger Wallets Staked",
    "Manually",
    "Metamask - Arbitrum - Std",
    "Metamask - BSC - Std",
    "Metamask - ETH - Std",
    "Metamask - Polygon - Std",
    "OKX Funding",
    "Okex Funding",
    "Poloniex",
    "Solana - Phantom",
    "Solana - StepN",
    "SwissBorg",
    "Terra Station",
)

# Ticker as CoinTracking writes it | name | type | price in USD | quantity at each location (indented lines go on)
MAIN: Final = """
BTC|Bitcoin|Coin|96400|Ledger Wallets 0.5260, Kraken 0.0850, Binance 0.0560, Binance Earn 0.0210, Coinbase 0.0075,
  SwissBorg 0.0116, Bitget Futures 0.0042, Bitget Margin -0.0012, Poloniex -0.0006
WBTC|Wrapped Bitcoin|Coin|96210|Metamask - ETH - Std 0.0041
ETH|Ethereum|Coin|3380|Ledger Wallets 3.9600, Ledger Wallets Staked 1.6000, Kraken 1.4200, Kraken Earn 0.7500,
  Binance 0.7100, Binance Earn 0.2500, Metamask - ETH - Std 0.1900, Metamask - Arbitrum - Std 0.0870,
  Coinbase 0.1200, Bitget Margin -0.0210, Poloniex -0.0180
STETH|Lido Staked Ether|Coin|3374|Metamask - ETH - Std 1.9500
WBETH|Wrapped Beacon ETH|Coin|3655|Binance Earn 0.4100
RETH|Rocket Pool ETH|Coin|3870|Metamask - ETH - Std 0.2400
EUR|Euro|Currency|1.16|Kraken 2900, Kraken Earn 850, Binance 310, SwissBorg 420, Coinbase 12.4, Bitget Spot -4.1
USD|US Dollar|Currency|1|Kraken 140, Manually -6.5
CHF|Swiss Franc|Currency|1.25|SwissBorg 190
GBP|Pound Sterling|Currency|1.34|Coinbase 3.2
USDT|Tether|Coin|0.9996|Binance 3150, Bitget Spot 640, Bitget Earn 300, Bitget Futures 85, Bybit 41, OKX Funding 120,
  KuCoin 17, Binance Futures 64, Metamask - BSC - Std 38, Bitget Margin -64, Poloniex -31
USDC|USD Coin|Coin|0.9999|Kraken 1480, Binance 1180, Coinbase 260, Metamask - Arbitrum - Std 210,
  Solana - Phantom 96, Keplr - Osmosis 14
DAI|Dai|Coin|0.9994|Metamask - ETH - Std 175
FDUSD|First Digital USD|Coin|0.9981|Binance 22
USDE|Ethena USDe|Coin|0.9989|Bybit 60
USTC|TerraClassicUSD|Coin|0.0142|Terra Station 4210
SOL2|Solana|Coin|164|Kraken 9.5, Binance 13.0, Binance Earn 11.0, Ledger Wallets 18.0, Ledger Wallets Staked 6.0,
  Solana - Phantom 4.1, Solana - StepN 0.62, Bitget Margin 0.11
JITOSOL|Jito Staked SOL|Coin|201|Solana - Phantom 3.4
MSOL|Marinade Staked SOL|Coin|214|Solana - Phantom 0.9
BNB|BNB|Coin|905|Binance 2.35, Binance Earn 0.80, Metamask - BSC - Std 0.145
XRP|XRP|Coin|2.21|Kraken 820, Binance 310, Ledger Wallets 260, Bittrex -4.2
ADA|Cardano|Coin|0.612|Kraken 950, Ledger Wallets Staked 900, Poloniex -22
AVAX|Avalanche|Coin|18.4|Kraken 26, Binance 22, Metamask - ETH - Std 0.4
DOT2|Polkadot|Coin|3.12|Kraken 96, Kraken Earn 145, Ledger Wallets Staked 60
ATOM2|Cosmos Hub|Coin|3.05|Kraken 60, Keplr - Osmosis 110, Ledger Wallets Staked 45
EGLD3|MultiversX|Coin|11.3|Hatom 31, Binance 6.4, Ledger Wallets 12
NEAR|NEAR Protocol|Coin|2.34|Binance 160, OKX Funding 34
SUI3|Sui|Coin|2.05|Binance 320, Bitget Earn 190
TRX|TRON|Coin|0.281|Binance 1450, OKX Funding 210, Poloniex -61, Bittrex -8.5
LTC|Litecoin|Coin|92.5|Kraken 4.1, Ledger Wallets 2.2, Bittrex -0.02
BCH|Bitcoin Cash|Coin|512|Ledger Wallets 0.55, Kraken 0.31
XLM|Stellar|Coin|0.262|Kraken 610, Poloniex -38
XMR|Monero|Coin|355|Kraken 0.92
HBAR|Hedera|Coin|0.158|Binance 2300
TON|Toncoin|Coin|1.88|Bybit 120, OKX Funding 40
KAS|Kaspa|Coin|0.0512|KuCoin 6200, Bitget Spot 1500
ICP2|Internet Computer|Coin|4.55|Binance 38, Coinbase 11
APT3|Aptos|Coin|3.28|Binance 52, OKX Funding 20
SEI2|Sei|Coin|0.171|Binance 1150
INJ2|Injective|Coin|6.95|Binance 21, Keplr - Osmosis 9.6
S5|Sonic|Coin|0.142|Binance 1900
TIA3|Celestia|Coin|0.94|Keplr - Osmosis 74
HYPE|Hyperliquid|Coin|33.5|Manually 9.5
ALGO|Algorand|Coin|0.168|Kraken 410, Coinbase 96
VET|VeChain|Coin|0.0171|Binance 8400
LUNA2|Terra Classic|Coin|0.0000612|Terra Station 1486200, Binance 912000, Ledger Wallets 3843208
LUNA3|Terra 2.0|Coin|0.121|Terra Station 64, Binance 12
OSMO|Osmosis|Coin|0.098|Keplr - Osmosis 620
POL3|Polygon Ecosystem Token|Coin|0.183|Metamask - Polygon - Std 1650, Binance 2100, Kraken 900
ARB|Arbitrum|Coin|0.261|Metamask - Arbitrum - Std 1350, Binance 900
OP|Optimism|Coin|0.372|Binance 1180
STRK2|Starknet|Coin|0.124|Bybit 1600
MNT|Mantle|Coin|1.31|Bybit 520
ZK|ZKsync|Coin|0.0421|Binance 2900
STX2|Stacks|Coin|0.398|OKX Funding 640
LINK|Chainlink|Coin|14.2|Kraken 86, Binance 70, Ledger Wallets 46, Poloniex -0.35
UNI2|Uniswap|Coin|6.15|Kraken 96, Ledger Wallets 70, Poloniex -1.4
AAVE|Aave|Coin|186|Binance 6.2, Ledger Wallets 3.1
JUP2|Jupiter|Coin|0.268|Solana - Phantom 2150
LDO|Lido DAO|Coin|0.78|Binance 620
CRV|Curve DAO|Coin|0.452|Metamask - ETH - Std 840
CAKE|PancakeSwap|Coin|2.41|Metamask - BSC - Std 145, Binance 62
PENDLE|Pendle|Coin|2.55|Binance 150
ENA|Ethena|Coin|0.295|Bybit 1050
ONDO|Ondo|Coin|0.518|Coinbase 620
HTM|Hatom|Coin|0.118|Hatom 1900
1INCH|1inch|Coin|0.188|Metamask - ETH - Std 410
API3|API3|Coin|0.61|Binance 64
ANC2|Anchor Protocol|Coin|0.0008|Terra Station 2200
TAO6|Bittensor|Coin|318|Kraken 5.2, KuCoin 3.9, Bitget Spot 1.1
RENDER|Render|Coin|2.28|Kraken 340, Coinbase 120
FET|Artificial Superintelligence Alliance|Coin|0.291|Binance 2600, KuCoin 800
VVV3|Venice Token|Coin|1.92|Coinbase 210
WLD3|Worldcoin|Coin|0.71|OKX Funding 460
GRT|The Graph|Coin|0.0612|Kraken 4800
FIL|Filecoin|Coin|1.62|Kraken 150
AR|Arweave|Coin|4.1|KuCoin 58
HNT2|Helium|Coin|2.35|Solana - Phantom 62
AKT|Akash Network|Coin|0.71|Keplr - Osmosis 340
GMT|STEPN|Coin|0.0222|Solana - StepN 14800, Binance 6200
GST9|Green Satoshi Token|Coin|0.0046|Solana - StepN 7420
SAND|The Sandbox|Coin|0.192|Binance 2450, Metamask - Polygon - Std 210
MANA|Decentraland|Coin|0.221|Kraken 620, Bittrex -11
AXS|Axie Infinity|Coin|1.35|Binance 180
GALA|GALA|Coin|0.0098|Binance 21000, Metamask - ETH - Std 6400
IMX|Immutable|Coin|0.381|Coinbase 1450
CHZ|Chiliz|Coin|0.0312|Binance 5200
DOGE|Dogecoin|Coin|0.171|DOGE Transaction 4100, Bittrex -12, Kraken 2600, Binance 1200, Poloniex -210
SHIB|Shiba Inu|Coin|0.00000942|Binance 61500000, Crypto.com App 8200000
PEPE4|Pepe|Coin|0.00000512|Binance 92400000, Metamask - ETH - Std 11250000
WIF|dogwifhat|Coin|0.412|Solana - Phantom 640
BONK|Bonk|Coin|0.0000124|Solana - Phantom 31400000
SPX3|SPX6900|Coin|0.61|Metamask - ETH - Std 92
FLOKI|FLOKI|Coin|0.0000531|Metamask - BSC - Std 4120000
BGB|Bitget Token|Coin|3.85|Bitget Spot 96, Bitget Earn 120
CRO|Cronos|Coin|0.109|Crypto.com App 4600
BORG|SwissBorg|Coin|0.252|SwissBorg 1850
OKB|OKB|Coin|108|Okex Funding 1.9
NEXO|NEXO|Coin|0.98|Manually 130
PAXG|PAX Gold|Coin|4105|Kraken 0.112
VRA|Verasity|Coin|0.00021|KuCoin 186000
BTT|BitTorrent|Coin|0.000000471|Binance 1508213014.60514045
FTT|FTX Token|Coin|0.61|Manually 42
CEL|Celsius Network|Coin|0.043|Celsius 820
BTS|BitShares|Coin|0.00071|Poloniex -1250
KAVA|Kava|Coin|0.118|Kraken -3.2
4BELT||Other|0.0021|Metamask - BSC - Std 15000
CAKE-LP|Pancake LPs|Other|14.2|Metamask - BSC - Std 6.4
BSC-USD|Binance-Peg BSC-USD|Other|0.998|Metamask - BSC - Std 71
QZTARNO|Tarno Index|Other|0.82|Metamask - ETH - Std 110
QZVELMIRA|Velmira DAO|ICO|0.031|Manually 2400
QZOSKET|Osket Games|Other|0.0094|Metamask - Polygon - Std 4100
"""

# Known coins that are left over from years: ticker=name, worth cents or nothing.
DUST: Final = """
ZRX=0x Protocol;BAT=Basic Attention Token;BAL=Balancer;COMP=Compound;CVX=Convex Finance;DYDX=dYdX
ENS=Ethereum Name Service;EOS=EOS;ETC=Ethereum Classic;FLOW=Flow;FTM=Fantom;GNO=Gnosis;GLMR=Moonbeam;HIVE=Hive
ICX=ICON;IOTX=IoTeX;JASMY=JasmyCoin;KNC=Kyber Network Crystal;KSM=Kusama;LPT=Livepeer;LRC=Loopring;MASK=Mask Network
MINA=Mina;MKR=Maker;MOVR=Moonriver;NEO=Neo;OCEAN=Ocean Protocol;OMG=OMG Network;ONE=Harmony;ONT=Ontology
PERP=Perpetual Protocol;QNT=Quant;QTUM=Qtum;RAY=Raydium;REN=Ren;ROSE=Oasis;RPL=Rocket Pool;RSR=Reserve Rights
RUNE=THORChain;RVN=Ravencoin;SC=Siacoin;SCRT=Secret;SKL=SKALE;SNX=Synthetix;SRM=Serum;STORJ=Storj;SUSHI=Sushi
THETA=Theta Network;TFUEL=Theta Fuel;UMA=UMA;WAVES=Waves;WOO=WOO;XEM=NEM;XTZ=Tezos;XVS=Venus;YFI=yearn.finance
ZEC=Zcash;ZEN=Horizen;ZIL=Zilliqa;DASH=Dash;DCR=Decred;DGB=DigiByte;LSK=Lisk;NANO=Nano;STEEM=Steem;SYS=Syscoin
VTC=Vertcoin;XVG=Verge;KMD=Komodo;ARK=ARK;BTG=Bitcoin Gold;AUDIO=Audius;ALICE=My Neighbor Alice;TLM=Alien Worlds
YGG=Yield Guild Games;ILV=Illuvium;MAGIC=Treasure;SLP=Smooth Love Potion;ENJ=Enjin Coin;DENT=Dent;WIN=WINkLink
JST=JUST;SUN=Sun Token;REEF=Reef;CELR=Celer Network;CTSI=Cartesi;ANKR=Ankr Network;COTI=COTI;DUSK=Dusk
BAND=Band Protocol;TRB=Tellor;DIA=DIA;NMR=Numeraire;RLC=iExec RLC;GLM=Golem;CVC=Civic;POWR=Powerledger;REQ=Request
ADX=AdEx;BICO=Biconomy;RARE=SuperRare;LOOKS=LooksRare;BLUR=Blur;DODO=DODO;CREAM=Cream;BADGER=Badger DAO
FARM=Harvest Finance;SPELL=Spell;JOE=Joe;PNG=Pangolin;BOO=SpookySwap;QUICK=QuickSwap;BSW=Biswap;BAKE=BakerySwap
ALPACA=Alpaca Finance;BUNNY=Pancake Bunny;EPX=Ellipsis X;AUTO=Autofarm;MDX=Mdex (BSC);BIFI=Beefy;TWT=Trust Wallet
SFP=SafePal;ORN=Orion Protocol;FIDA=Solana Name Service;STEP=Step Finance;SBR=Saber;SLND=Solend;MNGO=Mango;COPE=Cope
SAMO=Samoyedcoin;ATLAS=Star Atlas;POLIS=Star Atlas DAO;GENE=Genopets;JUNO=JUNO;STARS3=Stargaze;NTRN2=Neutron
HUAHUA=Chihuahua;CMDX=Comdex;EVMOS=Evmos;KUJI=Kujira;STRD=Stride;MIR2=Mirror Protocol;MINE2=Pylon Protocol
ASTRO5=Astroport;PSI2=Nexus Protocol;PRISM3=Prism Protocol;WHALE3=White Whale;MARS6=Mars Protocol;MEX=xExchange
RIDE=holoride;ITHEUM=Itheum;UTK=xMoney;ZPAY=ZoidPay;BABYDOGE=Baby Doge Coin;ELON=Dogelon Mars;AKITA=Akita Inu
KISHU=Kishu Inu;HOGE=Hoge Finance;VOLT=Volt Inu;TURBO=Turbo;MEME=Memecoin;BOME=BOOK OF MEME;POPCAT=Popcat
MEW=cat in a dogs world;MYRO=Myro;NOT=Notcoin;HMSTR=Hamster Kombat;CATI=Catizen;DOGS=Dogs;PYTH=Pyth Network
W=Wormhole;JTO=Jito;TNSR=Tensor;ZETA=ZetaChain;ALT=AltLayer;MANTA=Manta Network;DYM=Dymension;PIXEL=Pixels
PORTAL=Portal;AEVO=Aevo;ETHFI=ether.fi;SAGA=Saga;OMNI=Omni Network;REZ=Renzo;BB=BounceBit;IO=io.net;LISTA=Lista DAO
BLAST=Blast;SCR=Scroll;EIGEN=EigenCloud;ME=Magic Eden;MOVE=Movement;PENGU=Pudgy Penguins;VIRTUAL=Virtuals Protocol
KAITO=KAITO;BERA=Berachain;LAYER=Solayer
"""

DEAD: Final = """
BCC=BitConnect;BCN=Bytecoin;BCD=Bitcoin Diamond;BTCP=Bitcoin Private;BTX=BitCore;RDD=ReddCoin;EMC=Emercoin;NXT=Nxt
ARDR=Ardor;FCT=Factom;CLAM=Clams;VIA=Viacoin;GRC=Gridcoin;BURST=Burst;NEBL=Neblio;PART=Particl;BLOCK=Blocknet
ZCL=Zclassic;EXP=Expanse;UBQ=Ubiq;POT=PotCoin;VRC=VeriCoin;NAV=NavCoin;XCP=Counterparty;MAID=MaidSafeCoin
SJCX=Storjcoin X;SNGLS=SingularDTV;ICN=Iconomi;SUB=Substratum;MTH=Monetha;WINGS=Wings;HMQ=Humaniq;DCT=DECENT
CAG=Change;XAUR=Xaurum;VOISE=Voise;CFD=Confido;CTR=Centra;EVN=Envion;SVD=savedroid;WTT=Giga Watt;ARN=Aeron
BAY=BitBay;AUR=Auroracoin;QRK=Quark;MEC=Megacoin;IFC=Infinitecoin;XPY=Paycoin;SLS=SaluS;NVC=Novacoin;FTC=Feathercoin
XPM=Primecoin;TITAN=IRON Titanium;SQUID=Squid Game;SAFEMOON=SafeMoon;VGX=Voyager Token;BIDR=Binance IDR;HUSD=HUSD
USDN=Neutrino USD;EDG=Edgeless;PAY=TenX;MCO=Crypto.com MCO;BRD=Bread;CND=Cindicator;WABI=Wabi;EVX=Everex;LUN=Lunyr
MOD=Modum;GVT=Genesis Vision;RCN=Ripio Credit Network;LEND=Aave (old);ERD=Elrond (old);NPXS=Pundi X (old)
BTTOLD=BitTorrent (old);XBC=Bitcoin Plus;ENG=Enigma;POE=Po.et;WPR=WePower;BCPT=Blockmason
"""

# Each of these stands first in made-up tickers of spam; no ticker of the registry begins with it.
SPAM_PREFIX: Final = "QZ"
SPAM_LOCATIONS: Final = (
    "Metamask - BSC - Std",
    "Metamask - ETH - Std",
    "Metamask - Polygon - Std",
    "Metamask - Arbitrum - Std",
    "Solana - Phantom",
    "Solana - StepN",
    "Keplr - Osmosis",
)
DUST_LOCATIONS: Final = (
    "Binance",
    "Kraken",
    "KuCoin",
    "Bybit",
    "Coinbase",
    "Ledger Wallets",
    "Metamask - BSC - Std",
    "OKX Funding",
)
DEAD_LOCATIONS: Final = ("Bittrex", "Okex Funding", "Manually", "Ledger Wallets", "Celsius")
