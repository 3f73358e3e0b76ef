import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { shareStyleNonce } from './ui/nonce';

shareStyleNonce();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
