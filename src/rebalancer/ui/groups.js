// The eleven groups in their order, as domain/taxonomy.py names them; a test holds the two against each other.
export const CASH = "Stablecoins";
export const GROUPS = ["BTC", "ETH", CASH, "SOL", "L1/L0 majors", "L2/Scaling", "DeFi", "AI/Data", "Gaming/NFT", "Memecoins", "Others"];
